package io.vlink.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * An event of the stream of changes.
 *
 * @param type the kind of record that changed, or {@code snapshot}, {@code snapshot-end}
 */
public record ServerEvent(String type, JsonNode data) {

    /** A sign of life without an event. */
    static final ServerEvent PAUSE = new ServerEvent("pause", MissingNode.getInstance());

    /** Returns whether nothing happened: the other side only shows that it is there. */
    public boolean isPause() {
        return type.equals("pause");
    }

    /** Returns whether all existing records follow, up to {@link #endsSnapshot}. */
    public boolean beginsSnapshot() {
        return type.equals("snapshot");
    }

    public boolean endsSnapshot() {
        return type.equals("snapshot-end");
    }
}
