package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a network: {@code overlay/namespace/name}. */
public record NetworkId(String overlay, String namespace, String name) implements Comparable<NetworkId> {

    private static final Recent<NetworkId> READ = new Recent<>(8192, NetworkId::parse);

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
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("The network (%s) must be overlay/namespace/name.".formatted(text));
        }
        return new NetworkId(parts[0], parts[1], parts[2]);
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
