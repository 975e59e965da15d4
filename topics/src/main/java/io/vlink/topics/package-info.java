/** The topics on a Kafka that is there already: what they must be, whether they are, and the making of those that are missing. */
@NullMarked
package io.vlink.topics;

import org.jspecify.annotations.NullMarked;
