@NullMarked
package io.vlink.operator.wish;

import org.jspecify.annotations.NullMarked;
