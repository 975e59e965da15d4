/**
 * Writes the output of shards, fenced where a topic has a single writer, and telemetry that may be lost. What an owner
 * left uncommitted is written again by the next one.
 */
@NullMarked
package io.vlink.log.writing;

import org.jspecify.annotations.NullMarked;
