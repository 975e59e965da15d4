/** The operator's Kafka edge: requests out, and a view of what the state topics say. */
@NullMarked
package io.vlink.operator.messaging;

import org.jspecify.annotations.NullMarked;
