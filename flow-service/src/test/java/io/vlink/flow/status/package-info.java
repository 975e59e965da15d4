@NullMarked
package io.vlink.flow.status;

import org.jspecify.annotations.NullMarked;
