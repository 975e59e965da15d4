@NullMarked
package io.vlink.operator.pool;

import org.jspecify.annotations.NullMarked;
