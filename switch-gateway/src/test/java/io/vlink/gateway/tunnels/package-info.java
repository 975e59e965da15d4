/** Tests of what tunnels a node needs, in milliseconds. */
@NullMarked
package io.vlink.gateway.tunnels;

import org.jspecify.annotations.NullMarked;
