/** The edge to Kafka: reads records, writes rule sets and statuses. Only this package uses the log. */
@NullMarked
package io.vlink.flow.messaging;

import org.jspecify.annotations.NullMarked;
