/** Tests of this package. */
@NullMarked
package io.vlink.gateway.openflow.exchanges;

import org.jspecify.annotations.NullMarked;
