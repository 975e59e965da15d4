/**
 * Plans a circuit: validates or finds its paths, checks what they require, and makes hops of them. Nothing is claimed
 * here: {@link io.vlink.path.allocation} allocates the resources that a plan needs.
 */
@NullMarked
package io.vlink.path.planning;

import org.jspecify.annotations.NullMarked;
