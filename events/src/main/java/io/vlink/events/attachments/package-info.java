/** Recorded attachments: the claim of a workload to be on a network. Written by network-api. */
@NullMarked
package io.vlink.events.attachments;

import org.jspecify.annotations.NullMarked;
