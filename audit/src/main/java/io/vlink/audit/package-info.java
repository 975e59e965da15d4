/** Compares declared, recorded and installed state of a running suite, and proves that no network reaches another. */
@NullMarked
package io.vlink.audit;

import org.jspecify.annotations.NullMarked;
