package io.vlink.gateway.switches;

import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
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
    private final StandingMeters meters = new StandingMeters();
    private final Map<NetworkId, Set<Slot>> slotsOf = new HashMap<>();
    private final Set<Slot> leftoverRules = new LinkedHashSet<>();
    private final StrayMeters strays = new StrayMeters();
    /** Networks whose rules, or what has passed through them, are not as they were when they were last asked for here. */
    private final Set<NetworkId> uncounted = new LinkedHashSet<>();

    /** A rule, and the network that it stands there for; of a leftover: none. */
    private record Standing(InstalledRule rule, @Nullable NetworkId owner) {}

    private SwitchTables() {}

    /**
     * What was read.
     *
     * @param known meters that were ours when the switch was read before, in the same session; null: it is taken over, and
     *     each may be ours. Later one may be seen between the two messages in which somebody else adds a meter and the rule
     *     that uses it
     */
    static SwitchTables of(Contents contents, WantedRules wanted, @Nullable Set<Long> known) {
        SwitchTables tables = new SwitchTables();
        Map<Long, Long> uses = new HashMap<>();
        for (InstalledRule rule : contents.rules()) {
            rule.meters().forEach(number -> uses.merge(number, 1L, Long::sum));
        }
        for (InstalledMeter meter : contents.meters()) {
            long number = meter.number();
            NetworkId owner = wanted.ownerOfMeter(number);
            tables.meters.put(meter, owner);
            if (owner == null
                    && (known == null || known.contains(number))
                    && meter.mayBeOurs(uses.getOrDefault(number, 0L))) {
                tables.strays.add(number);
            }
        }
        for (InstalledRule rule : contents.rules()) {
            NetworkId owner = wanted.ownerOf(rule.slot());
            if (owner == null) {
                tables.rules.put(rule.slot(), new Standing(rule, null));
                tables.leftoverRules.add(rule.slot());
            } else {
                tables.put(rule, owner);
            }
        }
        return tables;
    }

    /** The meters that are ours: those that a network has, and those that none wants any more. */
    Set<Long> ourMeters() {
        Set<Long> ours = meters.owned();
        ours.addAll(strays.all());
        return ours;
    }

    /**
     * How a later read differs from what was known.
     *
     * @param harmed networks that lost something, or of which something is other than it was written
     * @param leftovers rules with our mark that nobody wrote and no network wants
     * @param heard ports by which frames with labels came in since
     */
    record Difference(Set<NetworkId> harmed, int leftovers, Set<PortNumber> heard) {}

    /**
     * Takes in what a later read found: what has passed through the rules, and what somebody else did to them. One look at
     * each: with thousands of rules, to compare all of them with what is wanted would hold up everything else.
     *
     * @param since what was written while it was read, of which the read says nothing
     */
    Difference take(Contents found, Written since, WantedRules wanted) {
        Set<NetworkId> harmed = new LinkedHashSet<>();
        Set<PortNumber> heard = new HashSet<>();
        int leftoversBefore = leftoverRules.size();
        int lost = rules.size();
        for (InstalledRule rule : found.rules()) {
            Standing known = rules.get(rule.slot());
            lost -= known == null ? 0 : 1;
            if (known != null && known.rule().isAs(rule)) {
                count(rule, known, heard);
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
                }
            }
        }
        meters.take(found.meters(), since, harmed, wanted).forEach(strays::lose);
        if (!strays.isEmpty()) {
            leaveToOthers(found);
        }
        return new Difference(harmed, leftovers, heard);
    }

    /** A stray that somebody else uses by now is theirs. */
    private void leaveToOthers(Contents found) {
        Map<Long, Long> uses = new HashMap<>();
        found.rules().forEach(rule -> rule.meters().forEach(number -> uses.merge(number, 1L, Long::sum)));
        for (InstalledMeter meter : found.meters()) {
            if (strays.has(meter.number()) && !meter.mayBeOurs(uses.getOrDefault(meter.number(), 0L))) {
                strays.lose(meter.number());
            }
        }
    }

    private void count(InstalledRule rule, Standing known, Set<PortNumber> heard) {
        if (rule.hasCounted(known.rule())) {
            if (rule.slot() instanceof Slot.Plain plain
                    && plain.match().label() != null
                    && rule.packets() > known.rule().packets()) {
                heard.add(plain.match().inPort());
            }
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

    /**
     * What has to change so that the switch has what the network wants. What stands there just so is the network's from now
     * on, also where it was another's that gave it up: else nobody would remove it later.
     */
    NetworkChange change(WantedRules.Held held, WantedRules wanted) {
        NetworkId network = held.network();
        List<Meter> add = new ArrayList<>();
        List<Meter> change = new ArrayList<>();
        for (Meter meter : held.meters().values()) {
            InstalledMeter installed = meters.claim(meter.number(), network);
            strays.lose(meter.number());
            if (installed == null) {
                add.add(meter);
            } else if (!installed.isAs(meter)) {
                change.add(meter);
            }
        }
        List<WantedRule> put = new ArrayList<>();
        for (WantedRule rule : held.rules().values()) {
            Standing standing = rules.get(rule.slot());
            if (standing == null || !rule.isSameAs(standing.rule())) {
                put.add(rule);
            } else if (!network.equals(standing.owner())) {
                put(standing.rule(), network);
            }
        }
        List<Slot> remove = new ArrayList<>();
        for (Slot slot : slotsOf.getOrDefault(network, Set.of())) {
            if (wanted.ownerOf(slot) == null) {
                remove.add(slot);
            }
        }
        return new NetworkChange(network, held.revision(), add, change, put, remove, meters.unwanted(network, wanted));
    }

    /** Removes what no network wants. */
    NetworkChange leftovers(WantedRules wanted) {
        if (leftoverRules.isEmpty() && strays.isEmpty()) {
            return NetworkChange.NONE;
        }
        List<Slot> unwanted = leftoverRules.stream()
                .filter(slot -> wanted.ownerOf(slot) == null)
                .toList();
        return new NetworkChange(null, null, List.of(), List.of(), List.of(), unwanted, strays.removable(wanted));
    }

    /** The switch has carried a change out. */
    void applied(NetworkChange change) {
        NetworkId network = change.network();
        change.removeRules().forEach(this::lose);
        change.removeMeters().forEach(number -> {
            meters.lose(number);
            strays.lose(number);
        });
        if (network == null) {
            return;
        }
        for (List<Meter> written : List.of(change.addMeters(), change.changeMeters())) {
            for (Meter meter : written) {
                meters.put(new InstalledMeter(meter.number(), RuleText.settings(meter), 0), network);
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
        leftoverRules.remove(slot);
        strays.used(rule);
        if (!network.equals(before)) {
            forget(before, slot);
            slotsOf.computeIfAbsent(network, n -> new HashSet<>()).add(slot);
        }
    }

    private void lose(Slot slot) {
        NetworkId owner = owner(rules.remove(slot));
        forget(owner, slot);
        leftoverRules.remove(slot);
        strays.unused(slot);
        if (owner != null) {
            uncounted.add(owner);
        }
    }

    private static @Nullable NetworkId owner(@Nullable Standing standing) {
        return standing == null ? null : standing.owner();
    }

    private void forget(@Nullable NetworkId network, Slot slot) {
        Set<Slot> slots = network == null ? null : slotsOf.get(network);
        if (slots != null && slots.remove(slot) && slots.isEmpty()) {
            slotsOf.remove(network);
        }
    }
}
