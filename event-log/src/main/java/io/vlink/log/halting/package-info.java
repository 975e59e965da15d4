/**
 * Checks whether decisions may be based on Kafka's data: whether it is still the data that the service worked with, and
 * whether this build can read it. If not, the service halts or reloads, as {@link io.vlink.log.OnLoss} says.
 */
@NullMarked
package io.vlink.log.halting;

import org.jspecify.annotations.NullMarked;
