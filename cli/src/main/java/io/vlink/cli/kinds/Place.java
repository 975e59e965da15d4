package io.vlink.cli.kinds;

/** An overlay and a namespace in it. */
public record Place(String overlay, String namespace) {

    public static final String DEFAULT = "default";
}
