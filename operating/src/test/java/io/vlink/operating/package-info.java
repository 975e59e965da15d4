@NullMarked
package io.vlink.operating;

import org.jspecify.annotations.NullMarked;
