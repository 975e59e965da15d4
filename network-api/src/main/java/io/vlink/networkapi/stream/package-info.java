/** Changes as they happen, over server-sent events. */
@NullMarked
package io.vlink.networkapi.stream;

import org.jspecify.annotations.NullMarked;
