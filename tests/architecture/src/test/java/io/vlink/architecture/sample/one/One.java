package io.vlink.architecture.sample.one;

import io.vlink.architecture.sample.two.Two;
import org.jspecify.annotations.Nullable;

/** Half of a cycle of packages. */
public record One(@Nullable Two two) {}
