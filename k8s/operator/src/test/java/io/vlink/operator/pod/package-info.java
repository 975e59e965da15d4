@NullMarked
package io.vlink.operator.pod;

import org.jspecify.annotations.NullMarked;
