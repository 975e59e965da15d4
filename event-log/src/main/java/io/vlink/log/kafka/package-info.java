/**
 * The connection to Kafka: the properties of its clients, and the creation of missing topics. Reads and writes no
 * records.
 */
@NullMarked
package io.vlink.log.kafka;

import org.jspecify.annotations.NullMarked;
