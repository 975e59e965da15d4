/** Recorded attachments: the claims of workloads to join a network. Written by network-api. */
@NullMarked
package io.vlink.events.attachments;

import org.jspecify.annotations.NullMarked;
