@NullMarked
package io.vlink.log.schema;

import org.jspecify.annotations.NullMarked;
