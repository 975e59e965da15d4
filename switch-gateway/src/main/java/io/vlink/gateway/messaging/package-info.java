/** Records in and out of Kafka, and the wiring of the service: log thread in the middle, event loops at the edge. */
@NullMarked
package io.vlink.gateway.messaging;

import org.jspecify.annotations.NullMarked;
