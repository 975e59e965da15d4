package io.vlink.gateway.switches.sync;

import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.entries.LinkItem;
import io.vlink.gateway.switches.installed.SwitchTables;
import io.vlink.gateway.switches.wanted.WantedRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The batch under construction. Meters and groups that it adds are installed before its rules, so the rules may refer
 * to them. Those that it removes are gone for everything added later.
 */
final class NextBatch {

    private final SwitchTables tables;
    private final List<OwnerChange> changes = new ArrayList<>();
    private final Set<LinkItem> coming = new HashSet<>();
    private final Set<LinkItem> removals = new HashSet<>();

    NextBatch(SwitchTables tables) {
        this.tables = tables;
    }

    /** Returns the change for an owner, without the parts that need items of links that are not installed by then. */
    OwnerChange change(WantedRules.Held held) {
        return tables.change(held, this::isThere);
    }

    private boolean isThere(LinkItem item) {
        return coming.contains(item) || (tables.hasOwn(item) && !removals.contains(item));
    }

    /**
     * Removes rules that are not an owner's from its places, as its own may not be installed at once.
     *
     * @return whether there was any such rule
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
     * Adds a change.
     *
     * @param sure whether the switch is expected to accept it; otherwise other owners do not rely on it
     */
    void add(OwnerChange change, boolean sure) {
        changes.add(change);
        change.removeMeters().forEach(number -> removals.add(LinkItem.meter(number)));
        change.removeGroups().forEach(number -> removals.add(LinkItem.group(number)));
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
