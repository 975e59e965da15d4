/**
 * OpenFlow on the wire: all use of Netty and Loxi to communicate with switches; the classes are in the packages below.
 * The state of a connection belongs to its event loop. Observations leave as
 * {@link io.vlink.gateway.switches.boundary.SwitchEvent}, commands come in as
 * {@link io.vlink.gateway.switches.boundary.SwitchCommand}.
 */
@NullMarked
package io.vlink.gateway.openflow;

import org.jspecify.annotations.NullMarked;
