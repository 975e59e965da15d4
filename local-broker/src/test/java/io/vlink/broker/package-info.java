/** Tests the broker with the ordinary Kafka client. */
@NullMarked
package io.vlink.broker;

import org.jspecify.annotations.NullMarked;
