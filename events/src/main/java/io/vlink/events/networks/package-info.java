/** Recorded networks: what a user declares. Written by network-api. */
@NullMarked
package io.vlink.events.networks;

import org.jspecify.annotations.NullMarked;
