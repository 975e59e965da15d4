@NullMarked
package io.vlink.path.planning;

import org.jspecify.annotations.NullMarked;
