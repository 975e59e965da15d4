/** Vlinks that frames cross: made, edited, limited, isolated and removed. */
@NullMarked
package io.vlink.tests.vlinks;

import org.jspecify.annotations.NullMarked;
