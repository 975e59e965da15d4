/** The Kafka contract: values, subjects and topics that every service shares. Records only; no framework, no behaviour but parsing and printing. */
@NullMarked
package io.vlink.events;

import org.jspecify.annotations.NullMarked;
