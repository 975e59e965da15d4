/** Records that no service could accept, with the reason and their origin. */
@NullMarked
package io.vlink.events.deadletters;

import org.jspecify.annotations.NullMarked;
