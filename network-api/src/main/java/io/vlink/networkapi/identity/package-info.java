/** The caller of a call. An installation can add its own {@code Authentication} here. */
@NullMarked
package io.vlink.networkapi.identity;

import org.jspecify.annotations.NullMarked;
