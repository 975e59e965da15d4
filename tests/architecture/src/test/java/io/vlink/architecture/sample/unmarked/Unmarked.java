package io.vlink.architecture.sample.unmarked;

/** In a package without {@code @NullMarked}. */
public record Unmarked() {}
