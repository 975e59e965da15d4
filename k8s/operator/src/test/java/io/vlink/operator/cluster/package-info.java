/** A real API server and a real broker for the tests, and what hands at kubectl and at Kafka would do. */
@NullMarked
package io.vlink.operator.cluster;

import org.jspecify.annotations.NullMarked;
