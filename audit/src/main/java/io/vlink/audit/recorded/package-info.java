/** What stands in Kafka, as the audit needs it. */
@NullMarked
package io.vlink.audit.recorded;

import org.jspecify.annotations.NullMarked;
