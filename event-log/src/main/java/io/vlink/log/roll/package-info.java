/**
 * Tracks which services and instances are present: sends the heartbeats of this instance, and listens to those of
 * others. An instance whose log does no work sends none.
 */
@NullMarked
package io.vlink.log.roll;

import org.jspecify.annotations.NullMarked;
