@NullMarked
package io.vlink.log.writing;

import org.jspecify.annotations.NullMarked;
