/** Pods that want to be on a network: what their annotation says, which addresses they get, how Multus is told. Pure. */
@NullMarked
package io.vlink.operator.pod;

import org.jspecify.annotations.NullMarked;
