/**
 * Maps Loxi's messages and raw entries to the rules, meters, groups and ports of {@code switches}, and back. Neither sends
 * nor waits.
 */
@NullMarked
package io.vlink.gateway.openflow.mapping;

import org.jspecify.annotations.NullMarked;
