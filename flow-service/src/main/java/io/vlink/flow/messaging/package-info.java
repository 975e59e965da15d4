/** The edge to Kafka: records in, rule sets and statuses out. The only package that knows of the log. */
@NullMarked
package io.vlink.flow.messaging;

import org.jspecify.annotations.NullMarked;
