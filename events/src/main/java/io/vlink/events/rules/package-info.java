/** The rules that each owner requires in one switch, and whether the switch confirmed them. */
@NullMarked
package io.vlink.events.rules;

import org.jspecify.annotations.NullMarked;
