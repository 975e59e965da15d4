package io.vlink.networkapi.rest;

import io.vlink.events.Names;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import java.util.function.Supplier;

/** Names that stand in a URL. */
public final class UrlNames {

    private UrlNames() {}

    public static void require(String what, String name) {
        checked(() -> Names.require(what, name));
    }

    public static NetworkId network(String overlay, String namespace, String name) {
        return checked(() -> new NetworkId(overlay, namespace, name));
    }

    public static ResourceId resource(String overlay, String name) {
        return checked(() -> new ResourceId(overlay, name));
    }

    /** Makes a value of a part of the URL, or ends the call. */
    public static <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.Kind.BAD_REQUEST, "The URL: " + e.getMessage());
        }
    }
}
