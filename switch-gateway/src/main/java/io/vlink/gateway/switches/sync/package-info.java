/**
 * Keeps one switch in the wanted state and reports its rules to their owners. {@link RuleSync} sends one batch at a time,
 * and {@link Reconciler} decides what it contains.
 */
@NullMarked
package io.vlink.gateway.switches.sync;

import org.jspecify.annotations.NullMarked;
