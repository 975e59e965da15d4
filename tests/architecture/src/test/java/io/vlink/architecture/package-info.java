@NullMarked
package io.vlink.architecture;

import org.jspecify.annotations.NullMarked;
