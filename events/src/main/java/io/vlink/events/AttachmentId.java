package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.text.Names;

/** Names an attachment of a network: {@code overlay/namespace/network/id}. */
public record AttachmentId(NetworkId network, String id) implements SubjectId, Comparable<AttachmentId> {

    public AttachmentId {
        Names.require("attachment", id);
    }

    @JsonCreator
    public static AttachmentId of(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "The attachment (%s) must be overlay/namespace/network/id.".formatted(text));
        }
        return new AttachmentId(NetworkId.of(text.substring(0, slash)), text.substring(slash + 1));
    }

    @Override
    public String overlay() {
        return network.overlay();
    }

    @JsonValue
    @Override
    public String toString() {
        return network + "/" + id;
    }

    @Override
    public int compareTo(AttachmentId other) {
        return toString().compareTo(other.toString());
    }
}
