package io.vlink.path.decision;

import io.vlink.events.NetworkId;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.path.allocation.Share;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records to write after a turn.
 *
 * @param shares changed shares of best effort; to be written before the decisions
 * @param unshared ports without best-effort traffic: their shares are to be deleted
 * @param made new decisions, in the order in which they were made
 * @param removed networks that are removed entirely: their decisions are to be deleted
 * @param begunQuarantines circuits whose labels enter quarantine
 * @param endedQuarantines circuits whose quarantine is over: their records are to be deleted
 * @param wakeAt when to decide again without new records; null: not needed
 */
public record Decisions(
        List<Share> shares,
        List<SwitchPort> unshared,
        List<PathDecision> made,
        List<NetworkId> removed,
        List<QuarantinedCircuit> begunQuarantines,
        List<QuarantinedCircuit> endedQuarantines,
        @Nullable Instant wakeAt) {

    public Decisions {
        shares = List.copyOf(shares);
        unshared = List.copyOf(unshared);
        made = List.copyOf(made);
        removed = List.copyOf(removed);
        begunQuarantines = List.copyOf(begunQuarantines);
        endedQuarantines = List.copyOf(endedQuarantines);
    }
}
