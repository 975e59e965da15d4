package io.vlink.audit.comparison;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.isolation.Cables;
import io.vlink.audit.isolation.Isolation;
import io.vlink.audit.isolation.Way;
import io.vlink.audit.recorded.RecordedState;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds all differences in one reading of a suite. */
public final class Comparison {

    /** Kinds that contradict a network's condition Ready. */
    private static final Set<Difference.DifferenceType> DENY_READY = EnumSet.of(
            Difference.DifferenceType.LEAK,
            Difference.DifferenceType.LOOP,
            Difference.DifferenceType.WRONG_PATH,
            Difference.DifferenceType.RULE_MISSING,
            Difference.DifferenceType.RULE_DIFFERS,
            Difference.DifferenceType.METER_MISSING,
            Difference.DifferenceType.METER_DIFFERS,
            Difference.DifferenceType.GROUP_MISSING,
            Difference.DifferenceType.GROUP_DIFFERS,
            Difference.DifferenceType.NOT_AS_DECIDED,
            Difference.DifferenceType.NOT_CONFIRMED);

    private final RecordedState recorded;
    private final Map<DatapathId, SwitchTables> tables;
    private final Map<DatapathId, String> unread;
    private final Instant now;
    private final Topology topology;
    private final DisplayNames names;
    private final Set<Difference> found = new LinkedHashSet<>();

    private Comparison(
            RecordedState recorded, Map<DatapathId, SwitchTables> tables, Map<DatapathId, String> unread, Instant now) {
        this.recorded = recorded;
        this.tables = tables;
        this.unread = unread;
        this.now = now;
        this.topology = new Topology(recorded);
        this.names = new DisplayNames(topology.nodes(), tables);
    }

    /**
     * Finds differences of all kinds.
     *
     * @param unread reason why the tables of a switch could not be read, by switch
     * @param now the time that decides which quarantines are over
     * @return the differences, worst first
     */
    public static List<Difference> of(
            RecordedState recorded, Map<DatapathId, SwitchTables> tables, Map<DatapathId, String> unread, Instant now) {
        Comparison comparison = new Comparison(recorded, tables, unread, now);
        comparison.compare();
        return comparison.found.stream()
                .map(comparison::withStatus)
                .sorted(Difference.WORST_FIRST)
                .toList();
    }

    private void compare() {
        List<HeldCircuit> circuits = HeldCircuit.of(recorded.paths().values());
        Holdings holdings = new Holdings(circuits, names);
        found.addAll(holdings.twice());
        found.addAll(holdings.tooSoon(recorded.quarantined().values(), now));
        found.addAll(Reservations.over(recorded, circuits, topology));
        found.addAll(Decided.differences(recorded, names));
        found.addAll(Shares.differences(recorded, circuits, names));
        found.addAll(Confirmed.differences(recorded, names));
        found.addAll(LeftOvers.of(recorded));
        found.addAll(Markers.differences(tables.values(), names));
        installed(circuits);
        isolation(circuits);
    }

    private void installed(List<HeldCircuit> circuits) {
        Map<Long, NetworkId> byCircuit = new HashMap<>();
        circuits.forEach(held -> byCircuit.put(held.circuit().number(), held.network()));
        Map<DatapathId, List<RuleSet>> sets = new HashMap<>();
        recorded.rules().values().forEach(set -> sets.computeIfAbsent(set.datapathId(), first -> new ArrayList<>())
                .add(set));
        sets.forEach((id, wanted) -> {
            if (!tables.containsKey(id) && wanted.stream().anyMatch(set -> !set.isEmpty())) {
                found.add(new Difference(
                        Difference.DifferenceType.NOT_PROVABLE,
                        id,
                        null,
                        "The tables of %s, which networks cross, could not be read: %s"
                                .formatted(
                                        names.of(id),
                                        unread.getOrDefault(id, "it is not connected to any of the given gateways."))));
            }
        });
        tables.forEach((id, contents) -> {
            contents.untold()
                    .forEach(words -> found.add(new Difference(
                            Difference.DifferenceType.NOT_PROVABLE,
                            id,
                            null,
                            "%s did not report %s.".formatted(names.of(id), words))));
            found.addAll(Installed.differences(contents, sets.getOrDefault(id, List.of()), names, byCircuit::get));
        });
    }

    private void isolation(List<HeldCircuit> circuits) {
        List<Way> ways = new ArrayList<>();
        Cables cables = topology.cables();
        for (HeldCircuit held : circuits) {
            for (Direction direction : Direction.values()) {
                Way.of(held.network(), held.circuit(), direction, held.current())
                        .forEach(way -> {
                            ways.add(way);
                            cables.way(way);
                        });
            }
        }
        for (Difference difference : Isolation.check(tables, ways, cables, this::isProgrammed, names)) {
            if (!isSaidOfUnread(difference)) {
                found.add(difference);
            }
        }
    }

    /** Returns whether the reason why this switch could not be read is reported already. */
    private boolean isSaidOfUnread(Difference difference) {
        DatapathId id = difference.datapathId();
        return difference.kind() == Difference.DifferenceType.NOT_PROVABLE
                && id != null
                && !tables.containsKey(id)
                && found.stream()
                        .anyMatch(said ->
                                said.kind() == Difference.DifferenceType.NOT_PROVABLE && id.equals(said.datapathId()));
    }

    /** Returns whether a network has to carry traffic now. */
    private boolean isProgrammed(NetworkId network) {
        PathDecision decision = recorded.paths().get(network.toString());
        return decision != null
                && decision.current() != null
                && decision.current().installable()
                && holds(network, Condition.Type.PROGRAMMED);
    }

    private boolean holds(@Nullable Owner owner, Condition.Type type) {
        NetworkStatus status = owner == null ? null : recorded.statuses().get(owner.toString());
        return status != null
                && status.condition(type)
                        .map(condition -> condition.status() == Condition.Truth.TRUE)
                        .orElse(false);
    }

    private Difference withStatus(Difference difference) {
        boolean deniesReady = DENY_READY.contains(difference.kind()) && holds(difference.owner(), Condition.Type.READY);
        return deniesReady
                ? new Difference(
                        difference.kind(),
                        difference.datapathId(),
                        difference.owner(),
                        difference.words() + " Its status reports Ready.")
                : difference;
    }
}
