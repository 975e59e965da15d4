/**
 * The rules, meters and groups that all owners want in one switch. Each rule key, meter and group belongs to the owner
 * that wanted it first.
 */
@NullMarked
package io.vlink.gateway.switches.wanted;

import org.jspecify.annotations.NullMarked;
