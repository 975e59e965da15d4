/** Recorded nodes: hosts that carry a switch. Written by network-api. */
@NullMarked
package io.vlink.events.nodes;

import org.jspecify.annotations.NullMarked;
