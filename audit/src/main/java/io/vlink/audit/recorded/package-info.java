/** Reads the parts of Kafka's contents that the audit needs. */
@NullMarked
package io.vlink.audit.recorded;

import org.jspecify.annotations.NullMarked;
