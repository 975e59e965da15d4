/** The operator's Kafka edge: outgoing requests, and a view of the state topics. */
@NullMarked
package io.vlink.operator.messaging;

import org.jspecify.annotations.NullMarked;
