/**
 * The log of one service: the partitions that it owns are loaded, then served one turn at a time.
 * {@link io.vlink.log.serving.EventLog} is the way in for services; its parts are package-private.
 */
@NullMarked
package io.vlink.log.serving;

import org.jspecify.annotations.NullMarked;
