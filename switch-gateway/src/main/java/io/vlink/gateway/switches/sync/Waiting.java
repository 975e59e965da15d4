package io.vlink.gateway.switches.sync;

import io.vlink.events.Owner;
import io.vlink.gateway.switches.entries.LinkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Owners that wait for meters and groups of links: networks until the items that they refer to are installed, links
 * until nothing refers to theirs any more. Most waits last milliseconds and are not reported. Each query looks only at
 * the owners that it concerns, however many wait.
 */
final class Waiting {

    /** The time after which a wait is reported. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<Owner, Wait> waits = new HashMap<>();
    private final Map<LinkItem, Set<Owner>> waitingFor = new HashMap<>();
    /** Owners not reported yet, each with the start of its wait; the longest wait first. */
    private final Map<Owner, Instant> untold = new LinkedHashMap<>();

    private record Wait(List<LinkItem> items, Instant since) {}

    /**
     * Notes that an owner waits, or still waits.
     *
     * @return whether it has waited long enough to be reported
     */
    boolean waits(Owner owner, List<LinkItem> items, Instant now) {
        Wait before = waits.get(owner);
        Instant since = before == null ? now : before.since();
        if (before == null) {
            untold.put(owner, since);
        }
        if (before == null || !before.items().equals(items)) {
            waits.put(owner, new Wait(List.copyOf(items), since));
            replace(owner, before == null ? List.of() : before.items(), items);
        }
        boolean tell = isLong(since, now);
        if (tell) {
            untold.remove(owner);
        }
        return tell;
    }

    private void replace(Owner owner, List<LinkItem> before, List<LinkItem> now) {
        for (LinkItem item : now) {
            waitingFor.computeIfAbsent(item, first -> new LinkedHashSet<>()).add(owner);
        }
        for (LinkItem item : before) {
            Set<Owner> owners = waitingFor.get(item);
            if (owners != null && !now.contains(item) && owners.remove(owner) && owners.isEmpty()) {
                waitingFor.remove(item);
            }
        }
    }

    private static boolean isLong(Instant since, Instant now) {
        return !since.plus(PATIENCE).isAfter(now);
    }

    /** Ends the wait of an owner. */
    void ended(Owner owner) {
        Wait before = waits.isEmpty() ? null : waits.remove(owner);
        if (before != null) {
            untold.remove(owner);
            replace(owner, before.items(), List.of());
        }
    }

    void clear() {
        waits.clear();
        waitingFor.clear();
        untold.clear();
    }

    /** Returns the owners that wait for an item. */
    List<Owner> of(LinkItem item) {
        Set<Owner> owners = waitingFor.get(item);
        return owners == null ? List.of() : List.copyOf(owners);
    }

    /** Returns the owners whose wait is to be reported now. */
    List<Owner> due(Instant now) {
        List<Owner> due = new ArrayList<>(0);
        for (Map.Entry<Owner, Instant> each : untold.entrySet()) {
            if (!isLong(each.getValue(), now)) {
                break;
            }
            due.add(each.getKey());
        }
        return due;
    }

    /** Returns when the next one is due; null if none is. */
    @Nullable Instant next() {
        return untold.isEmpty() ? null : untold.values().iterator().next().plus(PATIENCE);
    }
}
