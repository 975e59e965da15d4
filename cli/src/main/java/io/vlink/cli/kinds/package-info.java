/** What there is: the kinds, how users call them, and where network-api serves them. */
@NullMarked
package io.vlink.cli.kinds;

import org.jspecify.annotations.NullMarked;
