@NullMarked
package io.vlink.log.roll;

import org.jspecify.annotations.NullMarked;
