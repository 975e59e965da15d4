@NullMarked
package io.vlink.operator.overlay;

import org.jspecify.annotations.NullMarked;
