@NullMarked
package io.vlink.path;

import org.jspecify.annotations.NullMarked;
