package io.vlink.gateway.switches;

import java.util.HashSet;
import java.util.Set;

/** What was written to a switch since a read of it was asked for: it may have been read before, after, or both. */
final class Written {

    private final Set<Slot> slots = new HashSet<>();
    private final Set<Long> meters = new HashSet<>();

    void add(NetworkChange change) {
        change.putRules().forEach(rule -> slots.add(rule.slot()));
        slots.addAll(change.removeRules());
        change.addMeters().forEach(meter -> meters.add((long) meter.number()));
        change.changeMeters().forEach(meter -> meters.add((long) meter.number()));
        meters.addAll(change.removeMeters());
    }

    boolean has(Slot slot) {
        return slots.contains(slot);
    }

    boolean has(long meter) {
        return meters.contains(meter);
    }
}
