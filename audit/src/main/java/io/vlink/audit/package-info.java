/** What is wanted, recorded and real in a running suite, compared; and proof that no network reaches another. */
@NullMarked
package io.vlink.audit;

import org.jspecify.annotations.NullMarked;
