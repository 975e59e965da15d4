/** The edge to Kafka: reads records, hands them to the overlays that they belong to, and writes what those decide. */
@NullMarked
package io.vlink.path.messaging;

import org.jspecify.annotations.NullMarked;
