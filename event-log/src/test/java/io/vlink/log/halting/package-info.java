@NullMarked
package io.vlink.log.halting;

import org.jspecify.annotations.NullMarked;
