/**
 * Decides whether a switch belongs to this suite. {@link Marking} writes the marker that says so.
 */
@NullMarked
package io.vlink.gateway.switches.possession;

import org.jspecify.annotations.NullMarked;
