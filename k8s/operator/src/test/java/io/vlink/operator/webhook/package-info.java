@NullMarked
package io.vlink.operator.webhook;

import org.jspecify.annotations.NullMarked;
