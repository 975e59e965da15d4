/**
 * Decides the networks of one overlay: which attachment serves which endpoint, which circuit a network gets, keeps or loses.
 * Records and the time go in, decisions come out; no I/O, no clock, one thread.
 */
@NullMarked
package io.vlink.path.decision;

import org.jspecify.annotations.NullMarked;
