@NullMarked
package io.vlink.operator.messaging;

import org.jspecify.annotations.NullMarked;
