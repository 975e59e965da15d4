/**
 * Bytes to messages and back. Contains everything that Loxi cannot read, or rejects as a whole.
 */
@NullMarked
package io.vlink.gateway.openflow.frames;

import org.jspecify.annotations.NullMarked;
