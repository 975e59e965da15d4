/**
 * Decides which way traffic goes: validation, path finding, admission, and all resources with a single holder (labels, meters,
 * circuit numbers, endpoints, ports). Records and the time go in, decisions come out; no I/O, no clock, one thread.
 */
@NullMarked
package io.vlink.path.path;

import org.jspecify.annotations.NullMarked;
