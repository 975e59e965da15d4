@NullMarked
package io.vlink.path.allocation;

import org.jspecify.annotations.NullMarked;
