/** Dry runs: network-api sends the request, path-service answers with the result, nothing is recorded. */
@NullMarked
package io.vlink.events.dryruns;

import org.jspecify.annotations.NullMarked;
