/** The guide's topology and networks on it, for tests. */
@NullMarked
package io.vlink.flow.sample;

import org.jspecify.annotations.NullMarked;
