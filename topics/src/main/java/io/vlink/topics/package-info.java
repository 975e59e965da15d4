/** The topics on an existing Kafka: compares them with the required ones, and creates the missing ones. */
@NullMarked
package io.vlink.topics;

import org.jspecify.annotations.NullMarked;
