@NullMarked
package io.vlink.log.serving;

import org.jspecify.annotations.NullMarked;
