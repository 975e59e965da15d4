/** The steps that a call passes before it is served; {@code HttpChain} lists them in order. */
@NullMarked
package io.vlink.networkapi.chain;

import org.jspecify.annotations.NullMarked;
