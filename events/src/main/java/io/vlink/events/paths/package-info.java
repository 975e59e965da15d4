/** Decisions of path-service: which way a network goes, and what is reserved for it, or why not. */
@NullMarked
package io.vlink.events.paths;

import org.jspecify.annotations.NullMarked;
