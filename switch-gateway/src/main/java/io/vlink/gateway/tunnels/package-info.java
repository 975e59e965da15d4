/** Which VXLAN tunnels a node must have, and what is to be changed in its Open vSwitch for that. Pure. */
@NullMarked
package io.vlink.gateway.tunnels;

import org.jspecify.annotations.NullMarked;
