/** Recorded nodes: hosts with a switch. Written by network-api. */
@NullMarked
package io.vlink.events.nodes;

import org.jspecify.annotations.NullMarked;
