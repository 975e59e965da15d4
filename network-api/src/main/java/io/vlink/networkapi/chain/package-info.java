/** What a call goes through before anything serves it; {@code HttpChain} has it all, in order. */
@NullMarked
package io.vlink.networkapi.chain;

import org.jspecify.annotations.NullMarked;
