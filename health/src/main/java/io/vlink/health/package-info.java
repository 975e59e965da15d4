/**
 * The operational interface that all services share: health checks, and logs with fields. A service implements
 * {@link io.vlink.health.Watched}; Quarkus finds everything else.
 */
@NullMarked
package io.vlink.health;

import org.jspecify.annotations.NullMarked;
