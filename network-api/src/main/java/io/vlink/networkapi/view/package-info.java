/**
 * The queryable state: what every topic says now, rebuilt from Kafka by each instance, and those who wait for it to say
 * something. Knows neither Kafka nor REST.
 */
@NullMarked
package io.vlink.networkapi.view;

import org.jspecify.annotations.NullMarked;
