/**
 * The known contents of one switch, by owner, including the rules of others. {@link SwitchTables} compares it with what
 * is wanted.
 */
@NullMarked
package io.vlink.gateway.switches.installed;

import org.jspecify.annotations.NullMarked;
