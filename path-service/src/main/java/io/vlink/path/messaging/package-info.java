/** The edge to Kafka: reads records, passes them to their overlays, and writes the overlays' decisions. */
@NullMarked
package io.vlink.path.messaging;

import org.jspecify.annotations.NullMarked;
