@NullMarked
package io.vlink.path.path;

import org.jspecify.annotations.NullMarked;
