/** Who makes a call: the seam at which an installation that wants to know puts its own {@code Authentication}. */
@NullMarked
package io.vlink.networkapi.identity;

import org.jspecify.annotations.NullMarked;
