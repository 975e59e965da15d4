/** The custom resource {@code L2Network}: what it may say, what is asked for on its behalf, and what is told of it. */
@NullMarked
package io.vlink.operator.network;

import org.jspecify.annotations.NullMarked;
