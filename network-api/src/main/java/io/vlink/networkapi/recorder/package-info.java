/**
 * Decides what is recorded: turns the state of one partition and a request into records and an answer. Knows nothing of
 * paths, only what was declared. No I/O, threads or clocks.
 */
@NullMarked
package io.vlink.networkapi.recorder;

import org.jspecify.annotations.NullMarked;
