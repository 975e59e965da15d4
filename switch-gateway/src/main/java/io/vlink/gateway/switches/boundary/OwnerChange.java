package io.vlink.gateway.switches.boundary;

import io.vlink.events.Owner;
import io.vlink.events.Revision;
import io.vlink.events.rules.Meter;
import io.vlink.gateway.switches.entries.LinkItem;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedGroup;
import io.vlink.gateway.switches.entries.WantedRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change in a switch for one owner, in the order in which it is carried out: nothing refers to an item that is not
 * installed yet, or not any more.
 *
 * @param owner absent for the removal of leftovers, and for changes of the gateway's own rules
 * @param revision the revision of the rule set that this implements; absent if {@code owner} is
 * @param addMeters meters that are missing
 * @param changeMeters meters that have other settings
 * @param addGroups groups that are missing
 * @param changeGroups groups that do something else
 * @param putRules rules that are missing or different
 * @param removeRules the keys of rules to remove
 * @param removeGroups groups that are no longer wanted; to be removed after the rules, which the switch would delete
 *     with them
 * @param removeMeters the same for meters
 * @param awaits missing items of links, for which something is left out here; for a link: its own items that stay
 *     because others still refer to them
 */
public record OwnerChange(
        @Nullable Owner owner,
        @Nullable Revision revision,
        List<Meter> addMeters,
        List<Meter> changeMeters,
        List<WantedGroup> addGroups,
        List<WantedGroup> changeGroups,
        List<WantedRule> putRules,
        List<RuleKey> removeRules,
        List<Long> removeGroups,
        List<Long> removeMeters,
        List<LinkItem> awaits) {

    /** The empty change. */
    public static final OwnerChange NONE = leftovers(List.of(), List.of(), List.of());

    public OwnerChange {
        addMeters = List.copyOf(addMeters);
        changeMeters = List.copyOf(changeMeters);
        addGroups = List.copyOf(addGroups);
        changeGroups = List.copyOf(changeGroups);
        putRules = List.copyOf(putRules);
        removeRules = List.copyOf(removeRules);
        removeGroups = List.copyOf(removeGroups);
        removeMeters = List.copyOf(removeMeters);
        awaits = List.copyOf(awaits);
    }

    /** Returns the removal of leftovers. */
    public static OwnerChange leftovers(List<RuleKey> rules, List<Long> groups, List<Long> meters) {
        return new OwnerChange(
                null, null, List.of(), List.of(), List.of(), List.of(), List.of(), rules, groups, meters, List.of());
    }

    /** Returns the removal of rules that are in an owner's places but do not belong to it. */
    public static OwnerChange clearing(Owner owner, Revision revision, List<RuleKey> remove) {
        return new OwnerChange(
                owner, revision, List.of(), List.of(), List.of(), List.of(), List.of(), remove, List.of(), List.of(),
                List.of());
    }

    /** Returns a change of the gateway's own rules for every frame. */
    public static OwnerChange own(List<WantedRule> put, List<RuleKey> remove) {
        return new OwnerChange(
                null, null, List.of(), List.of(), List.of(), List.of(), put, remove, List.of(), List.of(), List.of());
    }

    /** Returns whether it changes the gateway's own rules for every frame. It contains nothing else then. */
    public boolean isOwn() {
        return owner == null && (!putRules.isEmpty() || removeRules.stream().anyMatch(RuleKey::isForAll));
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** Returns the number of messages that it takes. */
    public int size() {
        return addMeters.size()
                + changeMeters.size()
                + addGroups.size()
                + changeGroups.size()
                + putRules.size()
                + removeRules.size()
                + removeGroups.size()
                + removeMeters.size();
    }
}
