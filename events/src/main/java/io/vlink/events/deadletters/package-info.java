/** Records that nobody could accept, with the reason and where they came from. */
@NullMarked
package io.vlink.events.deadletters;

import org.jspecify.annotations.NullMarked;
