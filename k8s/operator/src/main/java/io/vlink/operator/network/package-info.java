/** The custom resource {@code L2Network}: its specification, the requests made for it, and its status. */
@NullMarked
package io.vlink.operator.network;

import org.jspecify.annotations.NullMarked;
