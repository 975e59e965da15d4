@NullMarked
package io.vlink.log;

import org.jspecify.annotations.NullMarked;
