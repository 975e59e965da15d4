/** Ports of an existing installation of L2S-M's switches, and the pods that hold them on each node. */
@NullMarked
package io.vlink.operator.pool;

import org.jspecify.annotations.NullMarked;
