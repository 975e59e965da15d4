package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.counters.RuleCounter;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Shadow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was reported of the rules of one switch; nothing is reported twice on one connection. */
final class RuleReports {

    private final DatapathId id;
    private final Map<NetworkId, RuleState> states = new HashMap<>();
    private final Set<NetworkId> shadowed = new HashSet<>();
    private final Map<NetworkId, List<RuleCounter>> counters = new HashMap<>();

    RuleReports(DatapathId id) {
        this.id = id;
    }

    /** A new connection begins: states are to be told again. */
    void begin() {
        states.clear();
        shadowed.clear();
    }

    void applied(NetworkId network, Revision revision, long epoch, @Nullable Shadow shadow, Effects effects) {
        report(RuleState.applied(network, id, epoch, revision, shadow), effects);
    }

    /** What stands over the rules of networks may be another now: those that were reported are reported again. */
    void overshadowed(WantedRules wanted, Foreigners foreigners, Effects effects) {
        for (RuleState state : List.copyOf(states.values())) {
            WantedRules.Held held = wanted.of(state.network());
            if (held != null) {
                report(state.under(foreigners.over(held.rules().values())), effects);
            }
        }
    }

    /** Networks of which it was reported that rules of others stand over theirs. */
    int shadowed() {
        return shadowed.size();
    }

    /** Since when the first of those rules stands there; null: that is not known, or there is none. */
    @Nullable Instant shadowedSince() {
        Instant first = null;
        for (NetworkId network : shadowed) {
            RuleState state = states.get(network);
            Instant since = state == null || state.shadow() == null
                    ? null
                    : state.shadow().since();
            if (since != null && (first == null || since.isBefore(first))) {
                first = since;
            }
        }
        return first;
    }

    /** Returns whether that is news. */
    boolean failed(
            NetworkId network, Revision revision, long epoch, Refusal why, @Nullable Shadow shadow, Effects effects) {
        return report(RuleState.failed(network, id, epoch, revision, why.reason(), why.message(), shadow), effects);
    }

    private boolean report(RuleState state, Effects effects) {
        boolean news = !state.equals(states.put(state.network(), state));
        if (news) {
            effects.publish(state);
            if (state.shadow() != null) {
                shadowed.add(state.network());
            } else if (!shadowed.isEmpty()) {
                shadowed.remove(state.network());
            }
        }
        return news;
    }

    /** Reports the counters of networks that may have changed since they were reported last, where they did. */
    void counted(
            Collection<NetworkId> networks,
            SwitchTables tables,
            DropCounts drops,
            Instant readAt,
            WantedRules wanted,
            Effects effects) {
        for (NetworkId network : networks) {
            WantedRules.Held held = wanted.of(network);
            if (held == null) {
                continue;
            }
            List<RuleCounter> counted = new ArrayList<>(held.rules().size());
            for (WantedRule rule : held.rules().values()) {
                @Nullable InstalledRule installed = tables.rule(rule.slot());
                if (installed != null && installed.cookie().equals(rule.cookie())) {
                    counted.add(counter(rule, installed, dropped(rule, network, drops)));
                }
            }
            List<RuleCounter> before = counters.getOrDefault(held.network(), List.of());
            if (!counted.equals(before)) {
                RuleCounters read = new RuleCounters(id, held.network(), readAt, counted);
                counters.put(held.network(), read.rules());
                effects.publish(read);
            }
        }
    }

    private static RuleCounter counter(WantedRule rule, InstalledRule installed, @Nullable Drops dropped) {
        return new RuleCounter(
                rule.cookie(),
                rule.slot().match(),
                installed.packets(),
                installed.bytes(),
                dropped == null ? null : dropped.packets(),
                dropped == null ? null : dropped.bytes());
    }

    private static @Nullable Drops dropped(WantedRule rule, NetworkId network, DropCounts drops) {
        for (FlowAction action : rule.actions()) {
            if (action instanceof FlowAction.ThroughMeter(long meter)) {
                return drops.of(meter, network);
            }
        }
        return null;
    }

    void forget(NetworkId network, Effects effects) {
        states.remove(network);
        shadowed.remove(network);
        counters.remove(network);
        effects.forget(id, network);
    }
}
