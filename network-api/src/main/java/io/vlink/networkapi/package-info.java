/** network-api: records what users declare, and answers with its state. */
@NullMarked
package io.vlink.networkapi;

import org.jspecify.annotations.NullMarked;
