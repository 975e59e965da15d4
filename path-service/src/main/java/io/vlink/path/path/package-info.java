/**
 * Which way traffic goes: validation, path finding, admission, and everything that is given out once only (labels, meters,
 * circuit numbers, ends, ports). Records and the time go in, decisions come out; no I/O, no clock, one thread.
 */
@NullMarked
package io.vlink.path.path;

import org.jspecify.annotations.NullMarked;
