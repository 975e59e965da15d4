/**
 * The queryable state: the current records of every topic, rebuilt from Kafka by each instance, and calls that wait for
 * changes of it. Knows neither Kafka nor REST.
 */
@NullMarked
package io.vlink.networkapi.view;

import org.jspecify.annotations.NullMarked;
