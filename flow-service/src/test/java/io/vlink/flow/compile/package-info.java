@NullMarked
package io.vlink.flow.compile;

import org.jspecify.annotations.NullMarked;
