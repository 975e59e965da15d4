package io.vlink.gateway.switches;

import io.vlink.events.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owners that wait for meters and groups of links: networks until those that they lead to are there, links until nothing leads to
 * theirs any more. Mostly that is a matter of milliseconds, and worth no word.
 */
final class Waiting {

    /** After this it is said. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<Owner, Wait> waits = new LinkedHashMap<>();

    private record Wait(List<LinkItem> items, Instant since, boolean told) {}

    /**
     * An owner waits, or still does.
     *
     * @return whether it has waited for so long that this is to be said
     */
    boolean waits(Owner owner, List<LinkItem> items, Instant now) {
        Wait before = waits.get(owner);
        Instant since = before == null ? now : before.since();
        boolean tell = !since.plus(PATIENCE).isAfter(now);
        waits.put(owner, new Wait(items, since, tell));
        return tell;
    }

    /** It has all that it waited for, or wants it no more. */
    void over(Owner owner) {
        if (!waits.isEmpty()) {
            waits.remove(owner);
        }
    }

    void clear() {
        waits.clear();
    }

    /** Who waits for it. */
    List<Owner> of(LinkItem item) {
        if (waits.isEmpty()) {
            return List.of();
        }
        List<Owner> found = new ArrayList<>();
        waits.forEach((owner, wait) -> {
            if (wait.items().contains(item)) {
                found.add(owner);
            }
        });
        return found;
    }

    /** Of whom it is to be said now. */
    List<Owner> due(Instant now) {
        if (waits.isEmpty()) {
            return List.of();
        }
        List<Owner> due = new ArrayList<>();
        waits.forEach((owner, wait) -> {
            if (!wait.told() && !wait.since().plus(PATIENCE).isAfter(now)) {
                due.add(owner);
            }
        });
        return due;
    }

    /** When the next one is due; null: none is. */
    @Nullable Instant next() {
        Instant next = null;
        for (Wait wait : waits.values()) {
            Instant at = wait.since().plus(PATIENCE);
            if (!wait.told() && (next == null || at.isBefore(next))) {
                next = at;
            }
        }
        return next;
    }
}
