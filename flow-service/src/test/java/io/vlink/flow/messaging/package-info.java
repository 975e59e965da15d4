@NullMarked
package io.vlink.flow.messaging;

import org.jspecify.annotations.NullMarked;
