/** Turns custom resources and pods into requests on Kafka, and the results of those into their status. */
@NullMarked
package io.vlink.operator;

import org.jspecify.annotations.NullMarked;
