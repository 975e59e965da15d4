package io.vlink.gateway.switches;

import io.vlink.events.NetworkId;
import io.vlink.events.rules.Meter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known to be in one switch, by network, and how that differs from what is wanted. A rule or meter that no
 * network wanted when it was read is a leftover.
 */
final class SwitchTables {

    private final Map<Slot, Standing> rules = new LinkedHashMap<>();
    private final Map<Long, InstalledMeter> meters = new LinkedHashMap<>();
    private final Map<NetworkId, Set<Slot>> slotsOf = new HashMap<>();
    private final Map<NetworkId, Set<Long>> metersOf = new HashMap<>();
    private final List<Slot> leftoverRules = new ArrayList<>();
    private final List<Long> leftoverMeters = new ArrayList<>();
    /** Networks whose rules, or what has passed through them, are not as they were when they were last asked for here. */
    private final Set<NetworkId> uncounted = new LinkedHashSet<>();

    /** A rule, and the network that it stands there for; of a leftover: none. */
    private record Standing(InstalledRule rule, @Nullable NetworkId owner) {}

    private SwitchTables() {}

    /**
     * What was read.
     *
     * @param takeMeters whether meters that nobody uses are taken for ours. Only while a switch is taken over: later one may
     *     be seen between the two messages in which somebody else adds a meter and the rule that uses it
     */
    static SwitchTables of(Contents contents, WantedRules wanted, boolean takeMeters) {
        SwitchTables tables = new SwitchTables();
        for (InstalledRule rule : contents.rules()) {
            NetworkId owner = wanted.ownerOf(rule.slot());
            if (owner == null) {
                tables.rules.put(rule.slot(), new Standing(rule, null));
                tables.leftoverRules.add(rule.slot());
            } else {
                tables.put(rule, owner);
            }
        }
        for (InstalledMeter meter : contents.meters()) {
            tables.meters.put(meter.number(), meter);
            NetworkId owner = wanted.ownerOfMeter(meter.number());
            if (owner != null) {
                tables.metersOf.computeIfAbsent(owner, n -> new HashSet<>()).add(meter.number());
            } else if (takeMeters && tables.onlyLeftoversUse(meter)) {
                tables.leftoverMeters.add(meter.number());
            }
        }
        return tables;
    }

    /**
     * How a later read differs from what was known.
     *
     * @param harmed networks that lost something, or of which something is other than it was written
     * @param leftovers rules with our mark that nobody wrote and no network wants
     */
    record Difference(Set<NetworkId> harmed, int leftovers) {}

    /**
     * Takes in what a later read found: what has passed through the rules, and what somebody else did to them. One look at
     * each: with thousands of rules, to compare all of them with what is wanted would hold up everything else.
     *
     * @param since what was written while it was read, of which the read says nothing
     */
    Difference take(Contents found, Written since, WantedRules wanted) {
        Set<NetworkId> harmed = new LinkedHashSet<>();
        int leftoversBefore = leftoverRules.size();
        int lost = rules.size();
        for (InstalledRule rule : found.rules()) {
            Standing known = rules.get(rule.slot());
            lost -= known == null ? 0 : 1;
            if (known != null && known.rule().isAs(rule)) {
                count(rule, known);
            } else if (!since.has(rule.slot())) {
                takeOther(rule, known, harmed, wanted);
            }
        }
        int leftovers = leftoverRules.size() - leftoversBefore;
        if (lost > 0) {
            Set<Slot> there = new HashSet<>();
            found.rules().forEach(rule -> there.add(rule.slot()));
            for (Slot slot : List.copyOf(rules.keySet())) {
                if (!there.contains(slot) && !since.has(slot)) {
                    harm(owner(rules.get(slot)), harmed);
                    lose(slot);
                    leftoverRules.remove(slot);
                }
            }
        }
        takeMeters(found.meters(), since, harmed, wanted);
        return new Difference(harmed, leftovers);
    }

    private void count(InstalledRule rule, Standing known) {
        if (rule.hasCounted(known.rule())) {
            rules.put(rule.slot(), new Standing(rule, known.owner()));
            if (known.owner() != null) {
                uncounted.add(known.owner());
            }
        }
    }

    private void takeOther(InstalledRule rule, @Nullable Standing known, Set<NetworkId> harmed, WantedRules wanted) {
        NetworkId owner = known == null ? wanted.ownerOf(rule.slot()) : known.owner();
        if (owner != null) {
            put(rule, owner);
            harmed.add(owner);
        } else if (rules.put(rule.slot(), new Standing(rule, null)) == null) {
            leftoverRules.add(rule.slot());
        }
    }

    private void takeMeters(List<InstalledMeter> found, Written since, Set<NetworkId> harmed, WantedRules wanted) {
        Set<Long> lost = new HashSet<>(meters.keySet());
        for (InstalledMeter meter : found) {
            long number = meter.number();
            lost.remove(number);
            if (!since.has(number)) {
                InstalledMeter known = meters.put(number, meter);
                NetworkId owner = wanted.ownerOfMeter(number);
                if (known == null && owner != null) {
                    metersOf.computeIfAbsent(owner, n -> new HashSet<>()).add(number);
                } else if (known != null && !known.settings().equals(meter.settings())) {
                    harm(owner, harmed);
                }
            }
        }
        for (long number : lost) {
            if (!since.has(number)) {
                NetworkId owner = wanted.ownerOfMeter(number);
                harm(owner, harmed);
                meters.remove(number);
                forget(metersOf, owner, number);
                leftoverMeters.remove((Object) number);
            }
        }
    }

    private static void harm(@Nullable NetworkId owner, Set<NetworkId> harmed) {
        if (owner != null) {
            harmed.add(owner);
        }
    }

    /** Networks to report the counters of: of each that has something to tell, once. */
    List<NetworkId> takeUncounted() {
        List<NetworkId> taken = List.copyOf(uncounted);
        uncounted.clear();
        return taken;
    }

    int size() {
        return rules.size();
    }

    int meters() {
        return meters.size();
    }

    @Nullable InstalledRule rule(Slot slot) {
        Standing standing = rules.get(slot);
        return standing == null ? null : standing.rule();
    }

    /** What has to change so that the switch has what the network wants. */
    NetworkChange change(WantedRules.Held held, WantedRules wanted) {
        NetworkId network = held.network();
        List<Meter> add = new ArrayList<>();
        List<Meter> change = new ArrayList<>();
        for (Meter meter : held.meters().values()) {
            InstalledMeter installed = meters.get((long) meter.number());
            if (installed == null) {
                add.add(meter);
            } else if (!installed.isAs(meter)) {
                change.add(meter);
            }
        }
        List<WantedRule> put = new ArrayList<>();
        for (WantedRule rule : held.rules().values()) {
            InstalledRule installed = rule(rule.slot());
            if (installed == null || !rule.isSameAs(installed)) {
                put.add(rule);
            }
        }
        List<Slot> remove = new ArrayList<>();
        for (Slot slot : slotsOf.getOrDefault(network, Set.of())) {
            if (wanted.ownerOf(slot) == null) {
                remove.add(slot);
            }
        }
        List<Long> removeMeters = new ArrayList<>();
        for (Long number : metersOf.getOrDefault(network, Set.of())) {
            if (wanted.ownerOfMeter(number) == null) {
                removeMeters.add(number);
            }
        }
        return new NetworkChange(network, held.revision(), add, change, put, remove, removeMeters);
    }

    /** Removes what no network wants. */
    NetworkChange leftovers() {
        return new NetworkChange(null, null, List.of(), List.of(), List.of(), leftoverRules, leftoverMeters);
    }

    /** The switch has carried a change out. */
    void applied(NetworkChange change) {
        NetworkId network = change.network();
        change.removeRules().forEach(this::lose);
        change.removeMeters().forEach(number -> {
            meters.remove(number);
            forget(metersOf, network, number);
        });
        if (network == null) {
            leftoverRules.clear();
            leftoverMeters.clear();
            return;
        }
        for (List<Meter> written : List.of(change.addMeters(), change.changeMeters())) {
            for (Meter meter : written) {
                long number = meter.number();
                meters.put(number, new InstalledMeter(number, RuleText.settings(meter), 0));
                metersOf.computeIfAbsent(network, n -> new HashSet<>()).add(number);
            }
        }
        for (WantedRule rule : change.putRules()) {
            put(rule.installed(), network);
        }
    }

    private void put(InstalledRule rule, NetworkId network) {
        uncounted.add(network);
        Slot slot = rule.slot();
        NetworkId before = owner(rules.put(slot, new Standing(rule, network)));
        if (!network.equals(before)) {
            forget(slotsOf, before, slot);
            slotsOf.computeIfAbsent(network, n -> new HashSet<>()).add(slot);
        }
    }

    private void lose(Slot slot) {
        NetworkId owner = owner(rules.remove(slot));
        forget(slotsOf, owner, slot);
        if (owner != null) {
            uncounted.add(owner);
        }
    }

    private static @Nullable NetworkId owner(@Nullable Standing standing) {
        return standing == null ? null : standing.owner();
    }

    private static <T> void forget(Map<NetworkId, Set<T>> of, @Nullable NetworkId network, T item) {
        Set<T> items = network == null ? null : of.get(network);
        if (items != null && items.remove(item) && items.isEmpty()) {
            of.remove(network);
        }
    }

    /**
     * Meters bear no mark. Those of a switch that Vlink was given are taken for ours unless a rule of somebody else uses
     * them: so nothing stays behind of a gateway that died half-way.
     */
    private boolean onlyLeftoversUse(InstalledMeter meter) {
        long ours = leftoverRules.stream()
                .filter(slot -> {
                    InstalledRule rule = rule(slot);
                    return rule != null && rule.uses(meter.number());
                })
                .count();
        return meter.boundRules() <= ours;
    }
}
