package io.vlink.cli.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event of the stream of changes.
 *
 * @param type the kind of record that changed, or {@code snapshot}, {@code snapshot-end}
 */
public record ServerEvent(String type, JsonNode data) {

    /** Returns whether all existing records follow, up to {@link #endsSnapshot}. */
    public boolean beginsSnapshot() {
        return type.equals("snapshot");
    }

    public boolean endsSnapshot() {
        return type.equals("snapshot-end");
    }
}
