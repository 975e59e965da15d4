package io.vlink.gateway.switches.sync;

import io.vlink.events.Owner;
import io.vlink.events.rules.Meter;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.installed.WriteJournal;
import io.vlink.gateway.switches.wanted.WantedRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the frames that the meters of one switch dropped. A switch counts from zero again when a meter is changed
 * (Open vSwitch 3.1: even without a difference). The count of a network's meter here continues.
 */
final class DropCounts {

    private final Map<Long, Count> counts = new HashMap<>();
    private Drops total = Drops.NONE;

    /**
     * The count of one meter.
     *
     * @param owner the owner whose frames these are
     * @param before the amount to add to the switch's count: what it counted before it started again, minus what it
     *     counted for another owner
     * @param said the switch's last count
     */
    private record Count(Owner owner, Drops before, Drops said) {

        Drops all() {
            return before.plus(said);
        }

        Count said(Drops now) {
            return new Count(owner, now.isAnewSince(said) ? all() : before, now);
        }
    }

    /** Returns the total of all meters for all networks; it never decreases. */
    Drops total() {
        return total;
    }

    /** Returns the count of a meter for the network that wants it; null if it was not read yet. */
    @Nullable Drops of(long meter, Owner owner) {
        Count count = counts.get(meter);
        return count == null || !count.owner().equals(owner) ? null : count.all();
    }

    /**
     * Applies a read.
     *
     * @param since what was written during the read; the read is ignored for these meters
     * @return the owners for which the count has risen
     */
    Set<Owner> take(List<InstalledMeter> found, WriteJournal since, WantedRules wanted) {
        Set<Owner> more = new LinkedHashSet<>();
        int unseen = counts.size();
        for (InstalledMeter meter : found) {
            long number = meter.number();
            Count known = counts.get(number);
            unseen -= known == null ? 0 : 1;
            Owner owner = wanted.ownerOfMeter(number);
            if (since.hasMeter(number)) {
                continue;
            }
            Drops said = meter.dropped();
            if (owner == null || said == null) {
                counts.remove(number);
            } else {
                Count now = next(known, owner, said);
                counts.put(number, now);
                if (count(known, now)) {
                    more.add(owner);
                }
            }
        }
        if (unseen > 0) {
            Set<Long> there = new HashSet<>();
            found.forEach(meter -> there.add(meter.number()));
            counts.keySet().removeIf(number -> !there.contains(number) && !since.hasMeter(number));
        }
        return more;
    }

    private static Count next(@Nullable Count known, Owner owner, Drops said) {
        if (known == null) {
            return new Count(owner, Drops.NONE, said);
        }
        if (known.owner().equals(owner)) {
            return known.said(said);
        }
        // The meter was another network's until now, and the switch goes on counting.
        Drops anothers = said.isAnewSince(known.said()) ? Drops.NONE : known.said();
        return new Count(owner, Drops.NONE.minus(anothers), said);
    }

    private boolean count(@Nullable Count known, Count now) {
        Drops more = known == null || !known.owner().equals(now.owner())
                ? now.all()
                : now.all().minus(known.all());
        total = total.plus(more);
        return !more.equals(Drops.NONE);
    }

    /** Notes that a change was carried out. The switch counts its meters from zero since then. */
    void applied(OwnerChange change) {
        for (Meter meter : change.changeMeters()) {
            counts.computeIfPresent(
                    (long) meter.number(), (number, count) -> new Count(count.owner(), count.all(), Drops.NONE));
        }
        change.removeMeters().forEach(counts::remove);
    }
}
