/**
 * Tells which services and instances are present: sends the beats of this instance, and listens to those of others. An
 * instance whose log does no work sends no beats.
 */
@NullMarked
package io.vlink.log.roll;

import org.jspecify.annotations.NullMarked;
