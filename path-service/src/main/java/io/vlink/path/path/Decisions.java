package io.vlink.path.path;

import io.vlink.events.NetworkId;
import io.vlink.events.paths.PathDecision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written.
 *
 * @param made new decisions, in the order in which they were made
 * @param over networks of which nothing is left: their decisions are to be deleted
 * @param wakeAt when to decide again though nothing comes in; null: no need
 */
public record Decisions(
        List<PathDecision> made,
        List<NetworkId> over,
        @Nullable Instant wakeAt) {

    public Decisions {
        made = List.copyOf(made);
        over = List.copyOf(over);
    }
}
