/** Decisions of path-service: the path of each network and its reservations, or the reasons for refusal. */
@NullMarked
package io.vlink.events.paths;

import org.jspecify.annotations.NullMarked;
