/** The public intake: requests that anybody may produce, and the answer that each of them gets. */
@NullMarked
package io.vlink.events.requests;

import org.jspecify.annotations.NullMarked;
