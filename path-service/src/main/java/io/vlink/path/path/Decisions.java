package io.vlink.path.path;

import io.vlink.events.NetworkId;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Resting;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written.
 *
 * @param shares what best effort may take from now on, where that has changed; to be written before the decisions
 * @param unshared ports where no best effort is left: their shares are to be deleted
 * @param made new decisions, in the order in which they were made
 * @param over networks of which nothing is left: their decisions are to be deleted
 * @param rests circuits that begin to rest
 * @param rested circuits whose rest is over: their records are to be deleted
 * @param wakeAt when to decide again though nothing comes in; null: no need
 */
public record Decisions(
        List<Share> shares,
        List<SwitchPort> unshared,
        List<PathDecision> made,
        List<NetworkId> over,
        List<Resting> rests,
        List<Resting> rested,
        @Nullable Instant wakeAt) {

    public Decisions {
        shares = List.copyOf(shares);
        unshared = List.copyOf(unshared);
        made = List.copyOf(made);
        over = List.copyOf(over);
        rests = List.copyOf(rests);
        rested = List.copyOf(rested);
    }
}
