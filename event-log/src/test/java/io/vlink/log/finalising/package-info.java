@NullMarked
package io.vlink.log.finalising;

import org.jspecify.annotations.NullMarked;
