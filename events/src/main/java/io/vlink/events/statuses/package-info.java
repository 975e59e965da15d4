/** What a user sees of a network: phase, conditions, nodes crossed. Written by flow-service. */
@NullMarked
package io.vlink.events.statuses;

import org.jspecify.annotations.NullMarked;
