/** Tests of this package. */
@NullMarked
package io.vlink.gateway.openflow.frames;

import org.jspecify.annotations.NullMarked;
