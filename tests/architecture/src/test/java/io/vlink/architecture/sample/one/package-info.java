@NullMarked
package io.vlink.architecture.sample.one;

import org.jspecify.annotations.NullMarked;
