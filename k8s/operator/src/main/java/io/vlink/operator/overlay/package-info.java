/** The custom resource {@code Overlay}: the nodes and links that it stands for. */
@NullMarked
package io.vlink.operator.overlay;

import org.jspecify.annotations.NullMarked;
