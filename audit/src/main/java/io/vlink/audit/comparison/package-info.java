/** Compares decided, wanted, confirmed and installed state, kind by kind. Pure. */
@NullMarked
package io.vlink.audit.comparison;

import org.jspecify.annotations.NullMarked;
