package io.vlink.cli.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of the stream of changes.
 *
 * @param type the kind of what changed, or {@code snapshot}, {@code snapshot-end}
 */
public record ServerEvent(String type, JsonNode data) {

    /** What stands here is followed by all that there is now, up to {@link #endsSnapshot}. */
    public boolean beginsSnapshot() {
        return type.equals("snapshot");
    }

    public boolean endsSnapshot() {
        return type.equals("snapshot-end");
    }
}
