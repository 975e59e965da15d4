package io.vlink.gateway.switches;

import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The batch that is being put together. Meters and groups that it adds stand before its rules are put, so these may lead to them;
 * those that it removes are gone for all that comes later.
 */
final class NextBatch {

    private final SwitchTables tables;
    private final List<OwnerChange> changes = new ArrayList<>();
    private final Set<LinkItem> coming = new HashSet<>();
    private final Set<LinkItem> leaving = new HashSet<>();

    NextBatch(SwitchTables tables) {
        this.tables = tables;
    }

    /** What has to change for an owner, as far as what it needs of links is there by then. */
    OwnerChange change(WantedRules.Held held) {
        return tables.change(held, this::isThere);
    }

    private boolean isThere(LinkItem item) {
        return coming.contains(item) || (tables.hasOwn(item) && !leaving.contains(item));
    }

    /**
     * Has an owner's places emptied of what is not its own, where it cannot be said that its own rules are put there at once.
     *
     * @return whether there was any such
     */
    boolean clear(WantedRules.Held held) {
        OwnerChange clearing = tables.clearing(held);
        if (clearing.isEmpty()) {
            return false;
        }
        changes.add(clearing);
        return true;
    }

    /**
     * Takes a change in.
     *
     * @param sure whether nothing speaks against that the switch takes it: others do not rely on it otherwise
     */
    void add(OwnerChange change, boolean sure) {
        changes.add(change);
        change.removeMeters().forEach(number -> leaving.add(LinkItem.meter(number)));
        change.removeGroups().forEach(number -> leaving.add(LinkItem.group(number)));
        if (sure && othersMayLeadTo(change.owner())) {
            change.addMeters().forEach(meter -> coming.add(LinkItem.meter(meter.number())));
            change.addGroups().forEach(group -> coming.add(LinkItem.group(group.number())));
        }
    }

    private static boolean othersMayLeadTo(@Nullable Owner owner) {
        return switch (owner) {
            case LinkPort link -> true;
            case NetworkId network -> false;
            case null -> false;
        };
    }

    List<OwnerChange> changes() {
        return changes;
    }
}
