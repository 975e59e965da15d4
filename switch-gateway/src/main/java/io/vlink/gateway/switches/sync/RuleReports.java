package io.vlink.gateway.switches.sync;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.Revision;
import io.vlink.events.counters.RuleCounter;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Shadow;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.entries.WantedRule;
import io.vlink.gateway.switches.installed.Foreigners;
import io.vlink.gateway.switches.installed.SwitchTables;
import io.vlink.gateway.switches.wanted.WantedRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports the rules of one switch. Nothing is reported twice on one connection. */
final class RuleReports {

    private final DatapathId id;
    private final Map<Owner, RuleState> states = new HashMap<>();
    private final Set<Owner> shadowed = new HashSet<>();
    /** Counters reported here; an empty list for those that another gateway recorded. */
    private final Map<NetworkId, List<RuleCounter>> counters = new HashMap<>();

    RuleReports(DatapathId id) {
        this.id = id;
    }

    /** Begins a new connection: states are reported again. */
    void begin() {
        states.clear();
        shadowed.clear();
    }

    void applied(Owner owner, Revision revision, long epoch, @Nullable Shadow shadow, SwitchEffects effects) {
        report(RuleState.applied(owner, id, epoch, revision, shadow), effects);
    }

    /** Reports again the states whose shadow has changed. */
    void overshadowed(WantedRules wanted, Foreigners foreigners, SwitchEffects effects) {
        for (RuleState state : List.copyOf(states.values())) {
            WantedRules.Held held = wanted.of(state.owner());
            if (held != null) {
                report(state.under(foreigners.over(held.rules().values())), effects);
            }
        }
    }

    /** Returns the number of owners reported as shadowed. */
    int shadowed() {
        return shadowed.size();
    }

    /** Returns when the oldest of the shadowing rules was installed; null if unknown, or if there is none. */
    @Nullable Instant shadowedSince() {
        Instant first = null;
        for (Owner owner : shadowed) {
            RuleState state = states.get(owner);
            Instant since = state == null || state.shadow() == null
                    ? null
                    : state.shadow().since();
            if (since != null && (first == null || since.isBefore(first))) {
                first = since;
            }
        }
        return first;
    }

    /** Returns the last reported reason why an owner does not have what it wants; null if there is none. */
    @Nullable String refused(Owner owner) {
        RuleState state = states.get(owner);
        return state == null || state.applied() ? null : state.message();
    }

    /** Reports a failure. Returns whether it is new. */
    boolean failed(
            Owner owner, Revision revision, long epoch, Refusal why, @Nullable Shadow shadow, SwitchEffects effects) {
        return report(RuleState.failed(owner, id, epoch, revision, why.reason(), why.message(), shadow), effects);
    }

    private boolean report(RuleState state, SwitchEffects effects) {
        boolean news = !state.equals(states.put(state.owner(), state));
        if (news) {
            effects.publish(state);
            if (state.shadow() != null) {
                shadowed.add(state.owner());
            } else if (!shadowed.isEmpty()) {
                shadowed.remove(state.owner());
            }
        }
        return news;
    }

    /** Reports the counters of these networks, where they have changed since the last report. */
    void counted(
            Collection<Owner> owners,
            SwitchTables tables,
            DropCounts drops,
            Instant readAt,
            WantedRules wanted,
            SwitchEffects effects) {
        for (Owner owner : owners) {
            WantedRules.Held held = wanted.of(owner);
            if (held == null || !(owner instanceof NetworkId network)) { // only networks have rules that count
                continue;
            }
            List<RuleCounter> counted = new ArrayList<>(held.rules().size());
            for (WantedRule rule : held.rules().values()) {
                @Nullable InstalledRule installed = tables.rule(rule.key());
                if (installed != null
                        && installed.cookie().equals(rule.cookie())
                        && !rule.isLead()
                        && rule.key().match() instanceof Match.AtPort match) {
                    counted.add(counter(rule, match, installed, dropped(rule, owner, drops)));
                }
            }
            List<RuleCounter> before = counters.getOrDefault(network, List.of());
            if (!counted.equals(before)) {
                RuleCounters read = new RuleCounters(id, network, readAt, counted);
                counters.put(network, read.rules());
                effects.publish(read);
            }
        }
    }

    /** Notes that counters of an owner are recorded, possibly by another gateway. They are deleted with the owner. */
    void recorded(Owner owner) {
        if (owner instanceof NetworkId network) {
            counters.putIfAbsent(network, List.of());
        }
    }

    private static RuleCounter counter(
            WantedRule rule, Match.AtPort match, InstalledRule installed, @Nullable Drops dropped) {
        return new RuleCounter(
                rule.cookie(),
                match,
                installed.packets(),
                installed.bytes(),
                dropped == null ? null : dropped.packets(),
                dropped == null ? null : dropped.bytes());
    }

    private static @Nullable Drops dropped(WantedRule rule, Owner owner, DropCounts drops) {
        for (FlowAction action : rule.actions()) {
            if (action instanceof FlowAction.ThroughMeter(long meter)) {
                return drops.of(meter, owner);
            }
        }
        return null;
    }

    void drop(Owner owner, SwitchEffects effects) {
        states.remove(owner);
        shadowed.remove(owner);
        boolean counted = owner instanceof NetworkId network && counters.remove(network) != null;
        effects.remove(id, owner, counted);
    }
}
