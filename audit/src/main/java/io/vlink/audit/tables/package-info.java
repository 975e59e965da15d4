/** Reads the contents of a switch, Vlink's and foreign, from the bytes of its own replies. */
@NullMarked
package io.vlink.audit.tables;

import org.jspecify.annotations.NullMarked;
