/** Ports of an existing installation of L2S-M's switches: who holds which, on which node. */
@NullMarked
package io.vlink.operator.pool;

import org.jspecify.annotations.NullMarked;
