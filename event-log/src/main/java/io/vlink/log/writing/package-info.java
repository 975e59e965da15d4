/**
 * Writes the output of shards, fenced where a topic has a single writer, and telemetry that may be lost. Records that
 * an owner left uncommitted are written again by the next owner.
 */
@NullMarked
package io.vlink.log.writing;

import org.jspecify.annotations.NullMarked;
