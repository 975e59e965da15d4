package io.vlink.cli.kinds;

/** Where things are: the overlay, and in it the namespace. */
public record Place(String overlay, String namespace) {

    public static final String DEFAULT = "default";
}
