/**
 * Rules, meters and groups in the form in which a switch has them, wanted or installed. Entries are compared in this
 * form, and {@link RuleText} shows them.
 */
@NullMarked
package io.vlink.gateway.switches.entries;

import org.jspecify.annotations.NullMarked;
