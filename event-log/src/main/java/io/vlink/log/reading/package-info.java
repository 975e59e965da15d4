/**
 * Reads topics: whole ones as long as the service runs, or partitions once up to their present end. The partitions that
 * a service owns are read in {@link io.vlink.log.serving}.
 */
@NullMarked
package io.vlink.log.reading;

import org.jspecify.annotations.NullMarked;
