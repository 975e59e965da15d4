/**
 * Decides what is recorded: the state of one partition and a request become records and an answer. It knows nothing of
 * paths, only of what was declared. Pure.
 */
@NullMarked
package io.vlink.networkapi.recorder;

import org.jspecify.annotations.NullMarked;
