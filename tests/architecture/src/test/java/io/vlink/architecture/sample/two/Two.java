package io.vlink.architecture.sample.two;

import io.vlink.architecture.sample.one.One;
import org.jspecify.annotations.Nullable;

/** The other half. */
public record Two(@Nullable One one) {}
