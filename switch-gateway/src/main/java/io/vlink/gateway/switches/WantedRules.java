package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleStateReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all networks want in one switch. A slot or meter belongs to the network that wanted it first: another one that
 * wants it too waits until it is free, so that no network can take over another's traffic.
 */
final class WantedRules {

    /**
     * What one network wants.
     *
     * @param forgotten its key is a tombstone: once its rules are gone, it is to be forgotten
     */
    record Held(
            NetworkId network,
            Revision revision,
            Map<Slot.Plain, WantedRule> rules,
            Map<Integer, Meter> meters,
            boolean forgotten) {}

    /**
     * Something that a network wants and another one has.
     *
     * @param reason what kind of thing it is
     * @param words what it is, for the network that wants it
     * @param item what it is, in the notation of {@code ovs-ofctl}
     * @param owner whose it is: for the operator only, since the two may be different tenants'
     */
    record Taken(RuleStateReason reason, String words, String item, NetworkId owner) {

        /** What the network is told that wants it. */
        Refusal told() {
            return new Refusal(
                    reason,
                    ("%s belongs to another network (%s). This network gets it as soon as that one has given it up, by"
                                    + " itself; if that takes long, ask the operator: switch-gateway's log names both")
                            .formatted(words, item));
        }
    }

    private final DatapathId id;
    private final Map<NetworkId, Held> held = new LinkedHashMap<>();
    private final Map<Slot.Plain, NetworkId> slotOwners = new HashMap<>();
    private final Map<Integer, NetworkId> meterOwners = new HashMap<>();
    private final Map<NetworkId, Taken> conflicts = new LinkedHashMap<>();

    WantedRules(DatapathId id) {
        this.id = id;
    }

    /** Takes a rule set in; returns the networks to look at again: none, if it is older than the one held. */
    Set<NetworkId> put(RuleSet set) {
        Held before = held.get(set.network());
        if (before != null && !before.forgotten() && set.revision().compareTo(before.revision()) < 0) {
            return Set.of();
        }
        Map<Slot.Plain, WantedRule> rules =
                LinkedHashMap.newLinkedHashMap(set.rules().size());
        for (Rule rule : set.rules()) {
            WantedRule wanted = WantedRule.of(rule);
            rules.put(wanted.slot(), wanted);
        }
        Map<Integer, Meter> meters = LinkedHashMap.newLinkedHashMap(set.meters().size());
        set.meters().forEach(meter -> meters.put(meter.number(), meter));
        return hold(new Held(set.network(), set.revision(), rules, meters, false));
    }

    /** The key became a tombstone: its network wants nothing any more; returns the networks to look at again. */
    Set<NetworkId> forget(NetworkId network) {
        Held before = held.get(network);
        if (before == null) {
            return Set.of();
        }
        return hold(new Held(network, before.revision(), Map.of(), Map.of(), true));
    }

    void drop(NetworkId network) {
        held.remove(network);
        conflicts.remove(network);
    }

    @Nullable Held of(NetworkId network) {
        return held.get(network);
    }

    Collection<Held> all() {
        return held.values();
    }

    /** How many rules are wanted, by whoever. */
    int rules() {
        return slotOwners.size();
    }

    int meters() {
        return meterOwners.size();
    }

    Set<NetworkId> networks() {
        return Set.copyOf(held.keySet());
    }

    /** Why the network cannot have what it wants: another one has it. */
    Optional<Taken> conflict(NetworkId network) {
        return conflicts.isEmpty() ? Optional.empty() : Optional.ofNullable(conflicts.get(network));
    }

    /** Whether a rule stands where a network wants it, and is that network's. */
    boolean accountsFor(InstalledRule rule) {
        NetworkId owner = ownerOf(rule.slot());
        Held wanting = owner == null ? null : held.get(owner);
        WantedRule is = wanting != null && rule.slot() instanceof Slot.Plain plain
                ? wanting.rules().get(plain)
                : null;
        return is != null && is.cookie().equals(rule.cookie());
    }

    @Nullable NetworkId ownerOf(Slot slot) {
        return slot instanceof Slot.Plain plain ? slotOwners.get(plain) : null;
    }

    @Nullable NetworkId ownerOfMeter(long number) {
        return meterOwners.get((int) number);
    }

    /**
     * Settles who was first by what stands in the switch. After a restart the log does not say it: a network that was
     * changed last is read last.
     */
    void firstIs(List<InstalledRule> standing) {
        if (conflicts.isEmpty()) {
            return;
        }
        Map<Slot, InstalledRule> bySlot = HashMap.newHashMap(standing.size());
        standing.forEach(rule -> bySlot.put(rule.slot(), rule));
        for (NetworkId waiting : List.copyOf(conflicts.keySet())) {
            Held wanting = held.get(waiting);
            if (wanting != null && stands(wanting, bySlot)) {
                handOver(wanting, bySlot);
            }
        }
    }

    /** Whether anything of it stands just as it wants it; what was changed at the end may not have been written yet. */
    private static boolean stands(Held of, Map<Slot, InstalledRule> bySlot) {
        for (WantedRule rule : of.rules().values()) {
            InstalledRule installed = bySlot.get(rule.slot());
            if (installed != null && rule.isSameAs(installed)) {
                return true;
            }
        }
        return false;
    }

    /** Unless one of those that have it stands there too. */
    private void handOver(Held to, Map<Slot, InstalledRule> bySlot) {
        List<Held> owners = new ArrayList<>();
        for (Held other : held.values()) {
            if (!other.network().equals(to.network()) && hasSomethingOf(other.network(), to)) {
                if (stands(other, bySlot)) {
                    return;
                }
                owners.add(other);
            }
        }
        to.rules().keySet().forEach(slot -> slotOwners.put(slot, to.network()));
        to.meters().keySet().forEach(meter -> meterOwners.put(meter, to.network()));
        claim(to);
        owners.forEach(this::claim);
    }

    private boolean hasSomethingOf(NetworkId network, Held wanting) {
        return wanting.rules().keySet().stream().anyMatch(slot -> network.equals(slotOwners.get(slot)))
                || wanting.meters().keySet().stream().anyMatch(meter -> network.equals(meterOwners.get(meter)));
    }

    private Set<NetworkId> hold(Held now) {
        NetworkId network = now.network();
        Held before = held.put(network, now);
        boolean released = before != null && release(before, now);
        claim(now);
        if (!released || conflicts.isEmpty()) {
            return Set.of(network);
        }
        Set<NetworkId> affected = new LinkedHashSet<>();
        affected.add(network);
        for (NetworkId waiting : List.copyOf(conflicts.keySet())) {
            Held other = held.get(waiting);
            if (other != null) {
                claim(other);
                affected.add(waiting);
            }
        }
        return affected;
    }

    private boolean release(Held before, Held now) {
        boolean released = false;
        for (Slot.Plain slot : before.rules().keySet()) {
            if (!now.rules().containsKey(slot)) {
                released |= slotOwners.remove(slot, now.network());
            }
        }
        for (Integer meter : before.meters().keySet()) {
            if (!now.meters().containsKey(meter)) {
                released |= meterOwners.remove(meter, now.network());
            }
        }
        return released;
    }

    private void claim(Held wanting) {
        NetworkId network = wanting.network();
        conflicts.remove(network);
        for (WantedRule rule : wanting.rules().values()) {
            NetworkId owner = slotOwners.putIfAbsent(rule.slot(), network);
            if (owner != null && !owner.equals(network)) {
                conflicts.putIfAbsent(network, taken(rule.slot(), owner));
            }
        }
        for (Meter meter : wanting.meters().values()) {
            NetworkId owner = meterOwners.putIfAbsent(meter.number(), network);
            if (owner != null && !owner.equals(network)) {
                conflicts.putIfAbsent(network, taken(meter, owner));
            }
        }
    }

    private Taken taken(Slot.Plain slot, NetworkId owner) {
        Label label = slot.match().label();
        String words = "What comes in at port %s of switch %s %s"
                .formatted(
                        slot.match().inPort(),
                        id,
                        label == null ? "without a label of Vlink" : "with " + inWords(label));
        return new Taken(RuleStateReason.RuleTaken, words, RuleText.of(slot), owner);
    }

    private static String inWords(Label label) {
        return switch (label.kind()) {
            case VLAN -> "VLAN id " + label.value();
            case VNI -> "VNI " + label.value();
        };
    }

    private Taken taken(Meter meter, NetworkId owner) {
        return new Taken(
                RuleStateReason.MeterTaken,
                "Meter %d of switch %s".formatted(meter.number(), id),
                "meter=" + meter.number(),
                owner);
    }
}
