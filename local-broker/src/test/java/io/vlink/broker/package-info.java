/** Proves the broker with the ordinary client. */
@NullMarked
package io.vlink.broker;

import org.jspecify.annotations.NullMarked;
