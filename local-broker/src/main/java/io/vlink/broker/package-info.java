/**
 * A real Kafka broker (KRaft, one node) in one JVM, from Maven artifacts: for the demo on one machine and for tests.
 * It is no part of a production set-up.
 */
@NullMarked
package io.vlink.broker;

import org.jspecify.annotations.NullMarked;
