@NullMarked
package io.vlink.flow;

import org.jspecify.annotations.NullMarked;
