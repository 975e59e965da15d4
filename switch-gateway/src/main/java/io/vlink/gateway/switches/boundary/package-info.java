/**
 * The boundary of the pure packages: {@link SwitchEvent}s come in, {@link SwitchCommand}s and records leave as
 * {@link SwitchEffects}. Also contains what events tell of ports and bridges.
 */
@NullMarked
package io.vlink.gateway.switches.boundary;

import org.jspecify.annotations.NullMarked;
