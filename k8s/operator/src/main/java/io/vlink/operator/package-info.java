/** The same by kubectl: custom resources and pods become requests on Kafka, and what becomes of those becomes their status. */
@NullMarked
package io.vlink.operator;

import org.jspecify.annotations.NullMarked;
