/** The status of networks that users see: phase, conditions, nodes crossed. Written by flow-service. */
@NullMarked
package io.vlink.events.statuses;

import org.jspecify.annotations.NullMarked;
