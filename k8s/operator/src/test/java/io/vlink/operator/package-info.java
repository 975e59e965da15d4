@NullMarked
package io.vlink.operator;

import org.jspecify.annotations.NullMarked;
