/**
 * The Kafka edge that every service shares: owned partitions of state topics, loaded from the beginning to their end, then
 * served in order on one thread, and written by one fenced owner where a topic has a single writer.
 *
 * <p>A service implements {@link io.vlink.log.Shard} for what it keeps of one partition number, and hands a factory of
 * shards to {@link io.vlink.log.EventLog}. What is read whole by every instance comes through
 * {@link io.vlink.log.WholeLog}. {@link io.vlink.log.Telemetry} sends records that may be lost.
 */
@NullMarked
package io.vlink.log;

import org.jspecify.annotations.NullMarked;
