@NullMarked
package io.vlink.log.reading;

import org.jspecify.annotations.NullMarked;
