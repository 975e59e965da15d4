/**
 * The Kafka contract: values, records and topics that all services share. Records only; no framework, and no behaviour
 * except parsing and printing.
 */
@NullMarked
package io.vlink.events;

import org.jspecify.annotations.NullMarked;
