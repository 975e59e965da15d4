/** The public intake: requests, which any client may send, and the one answer to each. */
@NullMarked
package io.vlink.events.requests;

import org.jspecify.annotations.NullMarked;
