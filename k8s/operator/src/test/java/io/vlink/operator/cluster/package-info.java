/** A real API server and a real broker for the tests, with clients for kubectl and Kafka. */
@NullMarked
package io.vlink.operator.cluster;

import org.jspecify.annotations.NullMarked;
