package io.vlink.gateway.switches;

import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known to be in one switch, by owner, and how that differs from what is wanted. A rule, meter or group that nobody
 * wanted when it was read is a leftover.
 */
final class SwitchTables {

    private final WantedRules wanted;
    /** The gateway's own for every frame. */
    private final StandingOwn own = new StandingOwn();

    private final StandingItems<InstalledMeter> meters;
    private final StandingItems<InstalledGroup> groups;
    private final StandingRules rules;

    /** The numbers of meters and groups that are ours. */
    record Ours(Set<Long> meters, Set<Long> groups) {}

    private SwitchTables(WantedRules wanted) {
        this.wanted = wanted;
        this.meters = new StandingItems<>(wanted::ownerOfMeter, InstalledRule::meters, meter -> List.of());
        this.groups = new StandingItems<>(wanted::ownerOfGroup, InstalledRule::groups, InstalledGroup::watches);
        this.rules = new StandingRules(wanted, meters, groups);
    }

    /**
     * What was read.
     *
     * @param known meters and groups that were ours when the switch was read before, in the same session; null: it is taken over
     */
    static SwitchTables of(Contents contents, WantedRules wanted, @Nullable Ours known) {
        SwitchTables tables = new SwitchTables(wanted);
        tables.meters.read(contents.meters(), contents.rules(), known == null ? null : known.meters());
        tables.groups.read(contents.groups(), contents.rules(), known == null ? null : known.groups());
        for (InstalledRule rule : contents.rules()) {
            if (rule.slot().isForAll()) {
                tables.own.put(rule);
            } else {
                tables.rules.read(rule);
            }
        }
        return tables;
    }

    /** Those that an owner has, those that none wants any more, and those that changes were to add. */
    Ours oursAfter(List<OwnerChange> changes) {
        Ours ours = new Ours(meters.ours(), groups.ours());
        for (OwnerChange change : changes) {
            change.addMeters().forEach(meter -> ours.meters().add((long) meter.number()));
            change.addGroups().forEach(group -> ours.groups().add((long) group.number()));
        }
        return ours;
    }

    /** Whether a meter or group is there, and ours. */
    boolean hasOwn(LinkItem item) {
        return switch (item.kind()) {
            case METER -> meters.hasOwn(item.number());
            case GROUP -> groups.hasOwn(item.number());
        };
    }

    /** Whether anything that a change puts leads to what is a link's and is not there. */
    boolean lacksWhatIsNeeded(OwnerChange change) {
        for (WantedRule rule : change.putRules()) {
            long passes = FlowAction.linkMeter(rule.actions());
            if (passes != 0 && !meters.hasOwn(passes)) {
                return true;
            }
        }
        for (List<WantedGroup> some : List.of(change.addGroups(), change.changeGroups())) {
            for (WantedGroup group : some) {
                if (!group.missing(this::hasOwn).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Links that may let go of what they have, as nothing leads to it any more since this was asked before. */
    List<Owner> takeFreed() {
        List<Owner> freed = meters.takeFreed();
        freed.addAll(groups.takeFreed());
        return freed;
    }

    /**
     * How a later read differs from what was known.
     *
     * @param harmed owners that lost something, or of which something is other than it was written
     * @param leftovers rules with our mark that nobody wrote and nobody wants
     * @param own how many of the gateway's own for every frame are there no more, or otherwise, or where there was none
     * @param heard ports by which frames with labels came in since
     */
    record Difference(Set<Owner> harmed, int leftovers, int own, Set<PortNumber> heard) {

        /** The same for the log, of these of the harmed. */
        String inWords(List<Owner> mended) {
            List<Owner> links = new ArrayList<>();
            List<Owner> networks = new ArrayList<>();
            for (Owner owner : mended) {
                switch (owner) {
                    case LinkPort link -> links.add(link);
                    case NetworkId network -> networks.add(network);
                }
            }
            return "networks %s, %d leftovers".formatted(networks, leftovers)
                    + (links.isEmpty() ? "" : ", meters of links at ports " + links)
                    + (own == 0 ? "" : ", %d of the gateway's own".formatted(own));
        }
    }

    /**
     * Takes in what a later read found: what has passed through the rules, and what somebody else did to them. One look at
     * each: with thousands of rules, to compare all of them with what is wanted would hold up everything else.
     *
     * @param since what was written while it was read, of which the read says nothing
     */
    Difference take(Contents found, Written since) {
        Set<Owner> harmed = new LinkedHashSet<>();
        Set<PortNumber> heard = new HashSet<>();
        int leftovers = rules.take(found.rules(), since, harmed, heard);
        meters.take(found.meters(), found.rules(), since::hasMeter, harmed);
        groups.take(found.groups(), found.rules(), since::hasGroup, harmed);
        Map<Slot, InstalledRule> ownNow = new HashMap<>();
        for (InstalledRule rule : found.rules()) {
            if (rule.slot().isForAll()) {
                ownNow.put(rule.slot(), rule);
            }
        }
        return new Difference(harmed, leftovers, own.take(ownNow, since), heard);
    }

    /** Whether a rule of an owner stands behind the first table, and none that leads to it alone. */
    boolean hasUnled(Owner owner) {
        for (Slot slot : rules.of(owner)) {
            if (slot instanceof Slot.Plain plain && plain.table().isBehindTheFirst()) {
                StandingRules.Standing lead = rules.in(plain.in(Table.CLASSIFY));
                if (lead == null || !lead.rule().isLead()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The gateway's own rules for every frame. */
    StandingOwn own() {
        return own;
    }

    /** Owners to report the counters of: of each that has something to tell, once. */
    List<Owner> takeUncounted() {
        return rules.takeUncounted();
    }

    int size() {
        return rules.size();
    }

    int meters() {
        return meters.size();
    }

    int groups() {
        return groups.size();
    }

    @Nullable InstalledRule rule(Slot slot) {
        StandingRules.Standing standing = rules.in(slot);
        return standing == null ? null : standing.rule();
    }

    /**
     * What has to change so that the switch has what the owner wants. What stands there just so is the owner's from now on, also
     * where it was another's that gave it up: else nobody would remove it later.
     *
     * @param there whether something of a link is there for others to lead to
     */
    OwnerChange change(WantedRules.Held held, Predicate<LinkItem> there) {
        Owner owner = held.owner();
        ChangeDraft draft = new ChangeDraft(held, there);
        for (Meter meter : held.meters().values()) {
            draft.meter(meter, meters.claim(meter.number(), owner));
        }
        for (WantedGroup group : held.groups().values()) {
            draft.group(group, groups.claim(group.number(), owner), number -> rules.isLedTo(number, owner));
        }
        List<Slot> remove = new ArrayList<>();
        int own = 0;
        for (WantedRule rule : held.rules().values()) {
            StandingRules.Standing standing = rules.in(rule.slot());
            boolean nowhere = draft.leadsNowhere(rule);
            if (standing == null || !rule.isSameAs(standing.rule()) || nowhere) {
                boolean serves = standing != null
                        && rules.serves(standing, owner)
                        && held.letsStay(standing.rule(), rule)
                        && !(nowhere && standing.rule().isLead());
                if (!draft.rule(rule, serves) && standing != null && !serves) {
                    remove.add(rule.slot()); // a port may be another tenant's by now
                }
            } else {
                own++;
                if (!owner.equals(standing.owner())) {
                    rules.put(standing.rule(), owner);
                }
            }
        }
        Set<Slot> stand = rules.of(owner);
        if (stand.size() > own) { // others than those that stand as they are wanted
            for (Slot slot : stand) {
                if (wanted.ownerOf(slot) == null && !standsIn(slot, draft.leftOut(slot), held)) {
                    remove.add(slot);
                }
            }
        }
        boolean whole = draft.isWhole();
        for (long meter : meters.unwanted(owner, true)) {
            draft.stays(LinkItem.meter(meter));
        }
        for (long group : groups.unwanted(owner, true)) {
            draft.stays(LinkItem.group(group));
        }
        return draft.done(
                remove,
                whole ? groups.unwanted(owner, false) : List.of(),
                whole ? meters.unwanted(owner, false) : List.of());
    }

    /** Whether what stands in a slot that is not wanted serves until a rule that is left out can be put in another table. */
    private boolean standsIn(Slot slot, @Nullable WantedRule leftOut, WantedRules.Held held) {
        StandingRules.Standing standing = rules.in(slot);
        return leftOut != null && standing != null && held.letsStay(standing.rule(), leftOut);
    }

    /**
     * Removes what is in the places of an owner and not its own, or sends frames where they are not to go any more, as they must
     * not go another's way until its rules can be put.
     */
    OwnerChange clearing(WantedRules.Held held) {
        Owner owner = held.owner();
        List<Slot> remove = new ArrayList<>();
        for (WantedRule rule : held.rules().values()) {
            if (owner.equals(wanted.ownerOf(rule.slot()))) {
                for (Table table : Table.values()) {
                    Slot.Plain slot = rule.slot().in(table);
                    StandingRules.Standing standing = rules.in(slot);
                    if (standing != null && isInTheWay(standing, slot, rule, held)) {
                        remove.add(slot);
                    }
                }
            }
        }
        return OwnerChange.clearing(held, remove);
    }

    /** Whether it cannot stay in the place of a rule, or in the same of a table where none is wanted, until that one can be put. */
    private boolean isInTheWay(
            StandingRules.Standing standing, Slot.Plain slot, WantedRule rule, WantedRules.Held held) {
        boolean own = held.owner().equals(standing.owner());
        if (slot.equals(rule.slot())) {
            return !rule.isSameAs(standing.rule()) && !(own && held.letsStay(standing.rule(), rule));
        }
        return own && wanted.ownerOf(slot) == null && !held.letsStay(standing.rule(), rule);
    }

    /** Removes what nobody wants. */
    OwnerChange leftovers() {
        List<Slot> unwanted = rules.leftovers();
        if (unwanted.isEmpty() && !meters.hasStrays() && !groups.hasStrays()) {
            return OwnerChange.NONE;
        }
        return OwnerChange.leftovers(unwanted, groups.removable(), meters.removable());
    }

    /** The switch has carried a change out. */
    void applied(OwnerChange change) {
        Owner owner = change.owner();
        for (Slot slot : change.removeRules()) {
            if (slot.isForAll()) {
                own.lose(slot);
            } else {
                rules.lose(slot);
            }
        }
        change.removeGroups().forEach(groups::lose);
        change.removeMeters().forEach(meters::lose);
        if (owner == null) {
            change.putRules().forEach(rule -> own.put(rule.installed()));
            return;
        }
        for (List<Meter> written : List.of(change.addMeters(), change.changeMeters())) {
            for (Meter meter : written) {
                meters.written(new InstalledMeter(meter.number(), RuleText.settings(meter), 0), owner);
            }
        }
        for (List<WantedGroup> written : List.of(change.addGroups(), change.changeGroups())) {
            written.forEach(group -> groups.written(group.installed(), owner));
        }
        for (WantedRule rule : change.putRules()) {
            rules.put(rule.installed(), owner);
        }
    }
}
