@NullMarked
package io.vlink.path.messaging;

import org.jspecify.annotations.NullMarked;
