package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.text.Names;

/** Names a node or a link: {@code overlay/name}. */
public record ResourceId(String overlay, String name) implements SubjectId, Comparable<ResourceId> {

    public ResourceId {
        Names.require("overlay", overlay);
        Names.require("name", name);
    }

    @JsonCreator
    public static ResourceId of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("The id (%s) must be overlay/name.".formatted(text));
        }
        return new ResourceId(parts[0], parts[1]);
    }

    @JsonValue
    @Override
    public String toString() {
        return overlay + "/" + name;
    }

    @Override
    public int compareTo(ResourceId other) {
        return toString().compareTo(other.toString());
    }
}
