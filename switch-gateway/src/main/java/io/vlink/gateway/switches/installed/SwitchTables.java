package io.vlink.gateway.switches.installed;

import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.InstalledGroup;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.LinkItem;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.WantedGroup;
import io.vlink.gateway.switches.entries.WantedRule;
import io.vlink.gateway.switches.wanted.WantedRules;
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
 * The known contents of one switch, by owner, and their difference from what is wanted. A rule, meter or group that no
 * owner wanted when it was read is a leftover.
 */
public final class SwitchTables {

    private final WantedRules wanted;
    /** The gateway's own rules for every frame. */
    private final StandingOwn own = new StandingOwn();

    private final StandingItems<InstalledMeter> meters;
    private final StandingItems<InstalledGroup> groups;
    private final StandingRules rules;

    /** The numbers of Vlink's meters and groups. */
    public record OwnNumbers(Set<Long> meters, Set<Long> groups) {}

    private SwitchTables(WantedRules wanted) {
        this.wanted = wanted;
        this.meters = new StandingItems<>(wanted::ownerOfMeter, InstalledRule::meters, meter -> List.of());
        this.groups = new StandingItems<>(wanted::ownerOfGroup, InstalledRule::groups, InstalledGroup::watches);
        this.rules = new StandingRules(wanted, meters, groups);
    }

    /**
     * Creates the tables from a read.
     *
     * @param known the meters and groups that were Vlink's at an earlier read of the same session; null after a
     *     takeover
     */
    public static SwitchTables of(Contents contents, WantedRules wanted, @Nullable OwnNumbers known) {
        SwitchTables tables = new SwitchTables(wanted);
        tables.meters.read(contents.meters(), contents.rules(), known == null ? null : known.meters());
        tables.groups.read(contents.groups(), contents.rules(), known == null ? null : known.groups());
        for (InstalledRule rule : contents.rules()) {
            if (rule.key().isForAll()) {
                tables.own.put(rule);
            } else {
                tables.rules.read(rule);
            }
        }
        return tables;
    }

    /** Returns the items with an owner, those no longer wanted, and those that the changes were to add. */
    public OwnNumbers oursAfter(List<OwnerChange> changes) {
        OwnNumbers ours = new OwnNumbers(meters.ours(), groups.ours());
        for (OwnerChange change : changes) {
            change.addMeters().forEach(meter -> ours.meters().add((long) meter.number()));
            change.addGroups().forEach(group -> ours.groups().add((long) group.number()));
        }
        return ours;
    }

    /** Returns whether a meter or group is installed and Vlink's. */
    public boolean hasOwn(LinkItem item) {
        return switch (item.kind()) {
            case METER -> meters.hasOwn(item.number());
            case GROUP -> groups.hasOwn(item.number());
        };
    }

    /** Returns whether a change writes anything that refers to a missing item of a link. */
    public boolean lacksWhatIsNeeded(OwnerChange change) {
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

    /** Returns the links whose unwanted items lost their last reference since the last call. */
    public List<Owner> takeFreed() {
        List<Owner> freed = meters.takeFreed();
        freed.addAll(groups.takeFreed());
        return freed;
    }

    /**
     * The difference between a later read and the known contents.
     *
     * @param harmed owners that lost something, or of which something was changed
     * @param leftovers the number of rules with our mark that were not written and are not wanted
     * @param own the number of the gateway's own rules for every frame that were lost, changed or added
     * @param heard the ports at which labelled frames have entered since
     */
    public record Difference(Set<Owner> harmed, int leftovers, int own, Set<PortNumber> heard) {

        /**
         * Describes the difference for the log.
         *
         * @param repaired the harmed owners to name
         */
        public String inWords(List<Owner> repaired) {
            List<Owner> links = new ArrayList<>();
            List<Owner> networks = new ArrayList<>();
            for (Owner owner : repaired) {
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
     * Applies a later read: counters, and changes made by others. Each rule is looked at once: with thousands of rules,
     * a full comparison with what is wanted would block everything else.
     *
     * @param since what was written during the read; the read is ignored for these
     */
    public Difference take(Contents found, WriteJournal since) {
        Set<Owner> harmed = new LinkedHashSet<>();
        Set<PortNumber> heard = new HashSet<>();
        int leftovers = rules.take(found.rules(), since, harmed, heard);
        meters.take(found.meters(), found.rules(), since::hasMeter, harmed);
        groups.take(found.groups(), found.rules(), since::hasGroup, harmed);
        Map<RuleKey, InstalledRule> ownNow = new HashMap<>();
        for (InstalledRule rule : found.rules()) {
            if (rule.key().isForAll()) {
                ownNow.put(rule.key(), rule);
            }
        }
        return new Difference(harmed, leftovers, own.take(ownNow, since), heard);
    }

    /** Returns whether a rule of an owner behind the first table has no rule of its own that sends frames to it. */
    public boolean hasUnled(Owner owner) {
        for (RuleKey key : rules.of(owner)) {
            if (key instanceof RuleKey.Parsed plain && plain.table().isBehindTheFirst()) {
                StandingRules.OwnedRule lead = rules.in(plain.in(Table.CLASSIFY));
                if (lead == null || !lead.rule().isLead()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the gateway's own rules for every frame. */
    public StandingOwn own() {
        return own;
    }

    /** Returns the owners with counters to report, each once. */
    public List<Owner> takeUncounted() {
        return rules.takeUncounted();
    }

    public int size() {
        return rules.size();
    }

    public int meters() {
        return meters.size();
    }

    public int groups() {
        return groups.size();
    }

    public @Nullable InstalledRule rule(RuleKey key) {
        StandingRules.OwnedRule standing = rules.in(key);
        return standing == null ? null : standing.rule();
    }

    /**
     * Returns the change after which the switch has what the owner wants. Items already installed as wanted become the
     * owner's, even if another owner gave them up: otherwise nobody would remove them later.
     *
     * @param there whether an item of a link is installed and others may refer to it
     */
    public OwnerChange change(WantedRules.Held held, Predicate<LinkItem> there) {
        Owner owner = held.owner();
        ChangeDraft draft = new ChangeDraft(held, there);
        for (Meter meter : held.meters().values()) {
            draft.meter(meter, meters.claim(meter.number(), owner));
        }
        for (WantedGroup group : held.groups().values()) {
            draft.group(group, groups.claim(group.number(), owner), number -> rules.isLedTo(number, owner));
        }
        List<RuleKey> remove = new ArrayList<>();
        int own = 0;
        for (WantedRule rule : held.rules().values()) {
            StandingRules.OwnedRule standing = rules.in(rule.key());
            boolean nowhere = draft.leadsNowhere(rule);
            if (standing == null || !rule.isSameAs(standing.rule()) || nowhere) {
                boolean serves = standing != null
                        && rules.serves(standing, owner)
                        && held.letsStay(standing.rule(), rule)
                        && !(nowhere && standing.rule().isLead());
                if (!draft.rule(rule, serves) && standing != null && !serves) {
                    remove.add(rule.key()); // the port may belong to another tenant by now
                }
            } else {
                own++;
                if (!owner.equals(standing.owner())) {
                    rules.put(standing.rule(), owner);
                }
            }
        }
        Set<RuleKey> stand = rules.of(owner);
        if (stand.size() > own) { // there are rules besides those installed as wanted
            for (RuleKey key : stand) {
                if (wanted.ownerOf(key) == null && !standsIn(key, draft.leftOut(key), held)) {
                    remove.add(key);
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

    /** Returns whether an unwanted rule stays until a rule that is left out can be written to another table. */
    private boolean standsIn(RuleKey key, @Nullable WantedRule leftOut, WantedRules.Held held) {
        StandingRules.OwnedRule standing = rules.in(key);
        return leftOut != null && standing != null && held.letsStay(standing.rule(), leftOut);
    }

    /**
     * Returns the change that removes, from the places of an owner, rules that are not its own or that send frames
     * where they must no longer go. Frames must not take another owner's path until the owner's rules can be written.
     */
    public OwnerChange clearing(WantedRules.Held held) {
        Owner owner = held.owner();
        List<RuleKey> remove = new ArrayList<>();
        for (WantedRule rule : held.rules().values()) {
            if (owner.equals(wanted.ownerOf(rule.key()))) {
                for (Table table : Table.values()) {
                    RuleKey.Parsed key = rule.key().in(table);
                    StandingRules.OwnedRule standing = rules.in(key);
                    if (standing != null && isInTheWay(standing, key, rule, held)) {
                        remove.add(key);
                    }
                }
            }
        }
        return OwnerChange.clearing(held.owner(), held.revision(), remove);
    }

    /**
     * Returns whether an installed rule cannot stay in a wanted rule's place, in any table, until that rule can be
     * written.
     */
    private boolean isInTheWay(
            StandingRules.OwnedRule standing, RuleKey.Parsed key, WantedRule rule, WantedRules.Held held) {
        boolean own = held.owner().equals(standing.owner());
        if (key.equals(rule.key())) {
            return !rule.isSameAs(standing.rule()) && !(own && held.letsStay(standing.rule(), rule));
        }
        return own && wanted.ownerOf(key) == null && !held.letsStay(standing.rule(), rule);
    }

    /** Returns the change that removes leftovers. */
    public OwnerChange leftovers() {
        List<RuleKey> unwanted = rules.leftovers();
        if (unwanted.isEmpty() && !meters.hasStrays() && !groups.hasStrays()) {
            return OwnerChange.NONE;
        }
        return OwnerChange.leftovers(unwanted, groups.removable(), meters.removable());
    }

    /** Notes that the switch applied a change. */
    public void applied(OwnerChange change) {
        Owner owner = change.owner();
        for (RuleKey key : change.removeRules()) {
            if (key.isForAll()) {
                own.lose(key);
            } else {
                rules.lose(key);
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
