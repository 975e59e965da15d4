package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.text.Names;
import org.jspecify.annotations.Nullable;

/** Names a network: {@code overlay/namespace/name}. */
public record NetworkId(String overlay, String namespace, String name)
        implements Owner, SubjectId, Comparable<NetworkId> {

    private static final Recent<String, NetworkId> READ = new Recent<>(16384, NetworkId::parse);

    public NetworkId {
        Names.require("overlay", overlay);
        Names.require("namespace", namespace);
        Names.require("name", name);
    }

    @JsonCreator
    public static NetworkId of(String text) {
        return READ.of(text);
    }

    private static NetworkId parse(String text) {
        int first = text.indexOf('/');
        int second = text.indexOf('/', first + 1);
        if (first < 0 || second < 0 || text.indexOf('/', second + 1) >= 0) {
            throw new IllegalArgumentException("The network (%s) must be overlay/namespace/name.".formatted(text));
        }
        return new NetworkId(text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1));
    }

    /** Compares as a record does, without the method handles of generated code, since this is the key of most maps. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NetworkId network
                && name.equals(network.name)
                && namespace.equals(network.namespace)
                && overlay.equals(network.overlay);
    }

    @Override
    public int hashCode() {
        return (overlay.hashCode() * 31 + namespace.hashCode()) * 31 + name.hashCode();
    }

    @JsonValue
    @Override
    public String toString() {
        return overlay + "/" + namespace + "/" + name;
    }

    @Override
    public int compareTo(NetworkId other) {
        return toString().compareTo(other.toString());
    }
}
