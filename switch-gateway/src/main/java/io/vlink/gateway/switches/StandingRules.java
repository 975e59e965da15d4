package io.vlink.gateway.switches;

import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are known to be in one switch, but for the gateway's own for every frame, each with the owner that it stands
 * there for. One that serves nobody is a leftover: it goes, or gives its place to what is wanted there.
 */
final class StandingRules {

    private final WantedRules wanted;
    private final StandingItems<InstalledMeter> meters;
    private final StandingItems<InstalledGroup> groups;
    private final Map<Slot, Standing> rules = new LinkedHashMap<>();
    private final Map<Owner, Set<Slot>> slotsOf = new HashMap<>();
    private final Set<Slot> leftovers = new LinkedHashSet<>();
    /** Owners whose rules, or what has passed through them, are not as they were when they were last asked for here. */
    private final Set<Owner> uncounted = new LinkedHashSet<>();

    /** A rule, and the owner that it stands there for; of a leftover: none. */
    record Standing(InstalledRule rule, @Nullable Owner owner) {}

    /**
     * Makes one that knows none.
     *
     * @param meters told which rules pass them
     * @param groups told which rules lead to them
     */
    StandingRules(WantedRules wanted, StandingItems<InstalledMeter> meters, StandingItems<InstalledGroup> groups) {
        this.wanted = wanted;
        this.meters = meters;
        this.groups = groups;
    }

    /** Takes in one that was read, when nothing was known. */
    void read(InstalledRule rule) {
        Owner owner = wanted.standsFor(rule);
        if (owner == null) {
            standForNobody(rule);
        } else {
            put(rule, owner);
        }
    }

    int size() {
        return rules.size();
    }

    @Nullable Standing in(Slot slot) {
        return rules.get(slot);
    }

    /** Where those of an owner are. */
    Set<Slot> of(Owner owner) {
        return slotsOf.getOrDefault(owner, Set.of());
    }

    /** Those in places that nobody wants. */
    List<Slot> leftovers() {
        return leftovers.isEmpty()
                ? List.of()
                : leftovers.stream()
                        .filter(slot -> wanted.ownerOf(slot) == null)
                        .toList();
    }

    /** Owners to report the counters of: of each that has something to tell, once. */
    List<Owner> takeUncounted() {
        List<Owner> taken = List.copyOf(uncounted);
        uncounted.clear();
        return taken;
    }

    /**
     * Takes in what a later read found.
     *
     * @param since what was written while it was read, of which the read says nothing
     * @param harmed takes the owners that lost something, or of which something is other than it was written
     * @param heard takes the ports by which frames with labels came in since
     * @return how many with our mark there are that nobody wrote and nobody wants
     */
    int take(List<InstalledRule> found, Written since, Set<Owner> harmed, Set<PortNumber> heard) {
        int leftoversNow = 0;
        int lost = rules.size();
        for (InstalledRule rule : found) {
            if (rule.slot().isForAll()) {
                continue;
            }
            Standing known = rules.get(rule.slot());
            lost -= known == null ? 0 : 1;
            if (known != null && known.rule().isAs(rule)) {
                count(rule, known, heard);
            } else if (!since.has(rule.slot()) && !harms(rule, known, harmed)) {
                leftoversNow += standForNobody(rule) ? 1 : 0;
            }
        }
        if (lost > 0) {
            Set<Slot> there = new HashSet<>();
            found.forEach(rule -> there.add(rule.slot()));
            for (Slot slot : List.copyOf(rules.keySet())) {
                if (!there.contains(slot) && !since.has(slot)) {
                    harm(owner(rules.get(slot)), harmed);
                    lose(slot);
                }
            }
        }
        return leftoversNow;
    }

    private void count(InstalledRule rule, Standing known, Set<PortNumber> heard) {
        if (rule.hasCounted(known.rule())) {
            if (rule.slot() instanceof Slot.Plain plain
                    && plain.match().label() != null
                    && rule.packets() > known.rule().packets()) {
                heard.add(plain.match().inPort());
            }
            rules.put(rule.slot(), new Standing(rule, known.owner())); // leads to what it led to
            if (known.owner() != null) {
                uncounted.add(known.owner());
            }
        }
    }

    /**
     * Somebody put a rule there, or made it what it is: whatever its cookie, it serves nobody. Returns whether an owner is harmed by
     * that.
     */
    private boolean harms(InstalledRule rule, @Nullable Standing known, Set<Owner> harmed) {
        Owner wanting = wanted.ownerOf(rule.slot());
        Owner had = owner(known);
        if (wanting == null && had == null) {
            return false;
        }
        standForNobody(rule);
        harm(wanting, harmed);
        harm(had, harmed);
        return true;
    }

    private static void harm(@Nullable Owner owner, Set<Owner> harmed) {
        if (owner != null) {
            harmed.add(owner);
        }
    }

    /** Whether what stands there is an owner's own, and does what that one wanted once. */
    boolean serves(Standing standing, Owner owner) {
        return owner.equals(standing.owner())
                && !groups.isAltered(FlowAction.group(standing.rule().actions()));
    }

    /** Whether an owner's own rules lead to a group, so that it is, or was, that owner's, and does what that one wanted once. */
    boolean isLedTo(long group, Owner owner) {
        return !groups.isAltered(group)
                && of(owner).stream()
                        .map(rules::get)
                        .anyMatch(standing -> standing != null
                                && FlowAction.group(standing.rule().actions()) == group);
    }

    /** It stands there for the owner. */
    void put(InstalledRule rule, Owner owner) {
        uncounted.add(owner);
        Slot slot = rule.slot();
        Owner before = owner(stand(rule, owner));
        leftovers.remove(slot);
        if (!owner.equals(before)) {
            forget(before, slot);
            slotsOf.computeIfAbsent(owner, n -> new HashSet<>()).add(slot);
        }
    }

    /** Returns whether that is news. */
    private boolean standForNobody(InstalledRule rule) {
        Owner before = owner(stand(rule, null));
        if (before != null) {
            forget(before, rule.slot());
            uncounted.add(before);
        }
        return leftovers.add(rule.slot());
    }

    private @Nullable Standing stand(InstalledRule rule, @Nullable Owner owner) {
        Standing before = rules.put(rule.slot(), new Standing(rule, owner));
        InstalledRule was = before == null ? null : before.rule();
        boolean keeps =
                owner != null || wanted.ownerOf(rule.slot()) != null; // until what is wanted stands in its place
        meters.ruleStands(rule, was, keeps);
        groups.ruleStands(rule, was, keeps);
        return before;
    }

    /** Nothing stands there any more. */
    void lose(Slot slot) {
        Standing before = rules.remove(slot);
        leftovers.remove(slot);
        if (before == null) {
            return;
        }
        meters.ruleGone(before.rule());
        groups.ruleGone(before.rule());
        forget(before.owner(), slot);
        if (before.owner() != null) {
            uncounted.add(before.owner());
        }
    }

    private static @Nullable Owner owner(@Nullable Standing standing) {
        return standing == null ? null : standing.owner();
    }

    private void forget(@Nullable Owner owner, Slot slot) {
        Set<Slot> slots = owner == null ? null : slotsOf.get(owner);
        if (owner != null && slots != null && slots.remove(slot) && slots.isEmpty()) {
            slotsOf.remove(owner);
        }
    }
}
