/** Switches and their ports as switch-gateway sees them. */
@NullMarked
package io.vlink.events.switches;

import org.jspecify.annotations.NullMarked;
