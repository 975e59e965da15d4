@NullMarked
package io.vlink.architecture.sample.two;

import org.jspecify.annotations.NullMarked;
