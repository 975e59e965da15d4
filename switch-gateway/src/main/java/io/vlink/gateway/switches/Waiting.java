package io.vlink.gateway.switches;

import io.vlink.events.Owner;
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
 * Owners that wait for meters and groups of links: networks until those that they lead to are there, links until nothing leads to
 * theirs any more. Mostly that is a matter of milliseconds, and worth no word. However many wait, only those are looked at whom a
 * question concerns.
 */
final class Waiting {

    /** After this it is said. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<Owner, Wait> waits = new HashMap<>();
    private final Map<LinkItem, Set<Owner>> waitingFor = new HashMap<>();
    /** Those of whom it was not said yet, and since when they wait: who has waited longest comes first. */
    private final Map<Owner, Instant> untold = new LinkedHashMap<>();

    private record Wait(List<LinkItem> items, Instant since) {}

    /**
     * An owner waits, or still does.
     *
     * @return whether it has waited for so long that this is to be said
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

    /** It has all that it waited for, or wants it no more. */
    void over(Owner owner) {
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

    /** Who waits for it. */
    List<Owner> of(LinkItem item) {
        Set<Owner> owners = waitingFor.get(item);
        return owners == null ? List.of() : List.copyOf(owners);
    }

    /** Of whom it is to be said now. */
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

    /** When the next one is due; null: none is. */
    @Nullable Instant next() {
        return untold.isEmpty() ? null : untold.values().iterator().next().plus(PATIENCE);
    }
}
