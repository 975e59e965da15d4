/** Recorded links and their observed state. A link is one direction between two switch ports. */
@NullMarked
package io.vlink.events.links;

import org.jspecify.annotations.NullMarked;
