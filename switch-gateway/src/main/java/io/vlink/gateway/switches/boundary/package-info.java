/**
 * The boundary of the pure packages: {@link SwitchEvent}s come in, {@link SwitchCommand}s and records leave as
 * {@link SwitchEffects}. Also contains the data of ports and bridges that events carry.
 */
@NullMarked
package io.vlink.gateway.switches.boundary;

import org.jspecify.annotations.NullMarked;
