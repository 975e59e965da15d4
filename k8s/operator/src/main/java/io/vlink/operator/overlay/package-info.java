/** The custom resource {@code Overlay} and the nodes and links that it declares. */
@NullMarked
package io.vlink.operator.overlay;

import org.jspecify.annotations.NullMarked;
