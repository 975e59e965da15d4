/** Recorded networks: users' declarations. Written by network-api. */
@NullMarked
package io.vlink.events.networks;

import org.jspecify.annotations.NullMarked;
