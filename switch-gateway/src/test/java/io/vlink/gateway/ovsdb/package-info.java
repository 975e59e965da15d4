/** Tests of this package. */
@NullMarked
package io.vlink.gateway.ovsdb;

import org.jspecify.annotations.NullMarked;
