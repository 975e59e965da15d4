/** Tests of this package. */
@NullMarked
package io.vlink.gateway.openflow.connection;

import org.jspecify.annotations.NullMarked;
