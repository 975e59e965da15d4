/** Pods on networks: their annotation, their addresses, and the annotations for Multus. Pure. */
@NullMarked
package io.vlink.operator.pod;

import org.jspecify.annotations.NullMarked;
