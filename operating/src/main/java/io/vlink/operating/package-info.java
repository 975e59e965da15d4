/**
 * What every service tells whoever runs it, in the same words: whether it started, lives and is ready, and logs with
 * fields. A service says what it watches with {@link io.vlink.operating.Watched}; all else is found by Quarkus.
 */
@NullMarked
package io.vlink.operating;

import org.jspecify.annotations.NullMarked;
