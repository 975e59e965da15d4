/**
 * The access to Kafka that all services share: owned partitions of state topics are loaded from the beginning to their
 * end, then served in order on one thread, and written by one fenced owner where a topic has a single writer.
 *
 * <p>A service implements {@link io.vlink.log.Shard} for its state of one partition number, and passes a factory of
 * shards to {@link io.vlink.log.EventLog}. Topics that every instance reads whole come through
 * {@link io.vlink.log.WholeLog}. {@link io.vlink.log.Telemetry} sends records that may be lost.
 */
@NullMarked
package io.vlink.log;

import org.jspecify.annotations.NullMarked;
