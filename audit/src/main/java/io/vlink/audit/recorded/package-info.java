/** Reads the contents of Kafka, as far as the audit needs them. */
@NullMarked
package io.vlink.audit.recorded;

import org.jspecify.annotations.NullMarked;
