/**
 * OpenFlow on the wire: all of Netty and Loxi that speaks to switches. {@link OpenFlowPipeline} is the table of contents.
 * A connection's state belongs to its event loop; what is seen leaves as {@link io.vlink.gateway.switches.SwitchEvent},
 * what is to be done comes in as {@link io.vlink.gateway.switches.SwitchCommand}.
 */
@NullMarked
package io.vlink.gateway.openflow;

import org.jspecify.annotations.NullMarked;
