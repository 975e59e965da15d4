/**
 * The operational interface that all services share: health checks, and logs with fields. A service implements
 * {@link io.vlink.operating.Watched}; Quarkus finds everything else.
 */
@NullMarked
package io.vlink.operating;

import org.jspecify.annotations.NullMarked;
