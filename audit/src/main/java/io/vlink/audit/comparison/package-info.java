/** What was decided, wanted, confirmed and found, compared kind by kind. Pure. */
@NullMarked
package io.vlink.audit.comparison;

import org.jspecify.annotations.NullMarked;
