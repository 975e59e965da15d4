package io.vlink.networkapi.http;

import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.text.Names;
import java.util.function.Supplier;

/** Checks the names in a URL. */
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

    /** Returns a value made of a part of the URL; fails the call if the part is invalid. */
    public static <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.ProblemType.BAD_REQUEST, "The URL is not valid: " + e.getMessage());
        }
    }
}
