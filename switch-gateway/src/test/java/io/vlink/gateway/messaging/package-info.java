/** Tests of this package. */
@NullMarked
package io.vlink.gateway.messaging;

import org.jspecify.annotations.NullMarked;
