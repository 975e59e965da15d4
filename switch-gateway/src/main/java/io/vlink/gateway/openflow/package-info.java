/**
 * OpenFlow on the wire: all use of Netty and Loxi to communicate with switches. {@link OpenFlowPipeline} lists the stages.
 * The state of a connection belongs to its event loop. Observations leave as
 * {@link io.vlink.gateway.switches.SwitchEvent}, commands come in as {@link io.vlink.gateway.switches.SwitchCommand}.
 */
@NullMarked
package io.vlink.gateway.openflow;

import org.jspecify.annotations.NullMarked;
