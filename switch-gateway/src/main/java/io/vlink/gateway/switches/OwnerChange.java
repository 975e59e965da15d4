package io.vlink.gateway.switches;

import io.vlink.events.Owner;
import io.vlink.events.Revision;
import io.vlink.events.rules.Meter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to change in a switch on behalf of one owner, in the order in which it is carried out: nothing leads to what is not
 * there yet, or not any more.
 *
 * @param owner absent: removal of what carries our mark and nobody wants, or a change of the gateway's own rules
 * @param revision of the rule set that this realises; absent where {@code owner} is
 * @param addMeters meters that are not there
 * @param changeMeters meters that are there with other settings
 * @param addGroups groups that are not there
 * @param changeGroups groups that are there and do something else
 * @param putRules rules that are not there, or not so
 * @param removeRules slots to be emptied
 * @param removeGroups groups that nothing wants any more; only to be removed after the rules, which they take along
 * @param removeMeters the same of meters
 * @param awaits what it needs of links and is not there yet, so that something is left out here; of a link: what it has itself,
 *     to which others still lead, so that it stays
 */
public record OwnerChange(
        @Nullable Owner owner,
        @Nullable Revision revision,
        List<Meter> addMeters,
        List<Meter> changeMeters,
        List<WantedGroup> addGroups,
        List<WantedGroup> changeGroups,
        List<WantedRule> putRules,
        List<Slot> removeRules,
        List<Long> removeGroups,
        List<Long> removeMeters,
        List<LinkItem> awaits) {

    /** Nothing is left over. */
    static final OwnerChange NONE = leftovers(List.of(), List.of(), List.of());

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

    /** Removal of what nobody wants. */
    static OwnerChange leftovers(List<Slot> rules, List<Long> groups, List<Long> meters) {
        return new OwnerChange(
                null, null, List.of(), List.of(), List.of(), List.of(), List.of(), rules, groups, meters, List.of());
    }

    /** Removal of rules in the places of an owner that are not its own. */
    static OwnerChange clearing(WantedRules.Held held, List<Slot> remove) {
        return new OwnerChange(
                held.owner(),
                held.revision(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                remove,
                List.of(),
                List.of(),
                List.of());
    }

    /** Of the gateway's own rules for every frame. */
    static OwnerChange own(List<WantedRule> put, List<Slot> remove) {
        return new OwnerChange(
                null, null, List.of(), List.of(), List.of(), List.of(), put, remove, List.of(), List.of(), List.of());
    }

    /** Whether it is of the gateway's own rules for every frame; it holds nothing else then. */
    boolean isOwn() {
        return owner == null && (!putRules.isEmpty() || removeRules.stream().anyMatch(Slot::isForAll));
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** How many messages it takes. */
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
