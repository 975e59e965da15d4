/**
 * The access to Kafka for all services: records as they are read and written, a service's use of the log, and its
 * {@link io.vlink.log.Shard}, which has the state and decisions for one partition number.
 *
 * <p>A service passes a factory of shards to {@link io.vlink.log.serving.EventLog}: owned partitions of state topics
 * are loaded from the beginning to their end, then served in order on one thread, and written by one fenced owner where a
 * topic has a single writer. Topics that every instance reads whole come through
 * {@link io.vlink.log.reading.WholeLog}. {@link io.vlink.log.writing.Telemetry} sends records that may be lost.
 */
@NullMarked
package io.vlink.log;

import org.jspecify.annotations.NullMarked;
