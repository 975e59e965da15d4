/** The VXLAN tunnels that a node must have, and the changes in its Open vSwitch that they require. Pure. */
@NullMarked
package io.vlink.gateway.tunnels;

import org.jspecify.annotations.NullMarked;
