/**
 * A real Kafka broker (KRaft, one node) in one JVM, from Maven artifacts: for the demo on one machine and for tests.
 * Not for production.
 */
@NullMarked
package io.vlink.broker;

import org.jspecify.annotations.NullMarked;
