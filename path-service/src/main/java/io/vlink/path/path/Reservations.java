package io.vlink.path.path;

import io.vlink.events.links.Link;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Role;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Bandwidth reserved on the wires of one overlay, at either side of each. Of one network's circuits the largest counts, not
 * their sum: its traffic moves from one to the other.
 */
final class Reservations {

    private static final int PERCENT = 100;

    private final Wires wires;
    private final int floorPercent;
    private final Map<WireSide, Long> reserved = new HashMap<>();

    /** Less is reserved at one side of a wire than before. */
    record Freed(WireSide side, long before, long after) {}

    /**
     * Makes the books of an overlay.
     *
     * @param floorPercent how much of a link's capacity nobody may reserve, in percent, where the link does not say itself
     */
    Reservations(Wires wires, int floorPercent) {
        this.wires = wires;
        this.floorPercent = floorPercent;
    }

    /** What one network reserves at each side of wires, of all its circuits. */
    static Map<WireSide, Long> of(List<Circuit> circuits) {
        if (circuits.size() == 1) {
            return of(circuits.getFirst());
        }
        Map<WireSide, Long> largest = new HashMap<>();
        for (Circuit circuit : circuits) {
            of(circuit).forEach((side, bits) -> largest.merge(side, bits, Math::max));
        }
        return largest;
    }

    /** Replaces what one network reserved by what it reserves now. */
    List<Freed> replace(Map<WireSide, Long> before, Map<WireSide, Long> after) {
        if (before.equals(after)) {
            return List.of();
        }
        List<Freed> freed = new ArrayList<>();
        after.forEach((side, bits) -> change(side, bits - before.getOrDefault(side, 0L), freed));
        before.forEach((side, bits) -> {
            if (!after.containsKey(side)) {
                change(side, -bits, freed);
            }
        });
        return freed;
    }

    /** How much of a link nobody may reserve, so that best effort always has it. */
    long floor(Link link) {
        Long floor = link.spec().bestEffortFloorBits();
        return floor == null ? link.spec().capacityBits() * floorPercent / PERCENT : floor;
    }

    /** How much of a link all networks together may reserve, as far as it depends on this link. */
    long reservable(Link link) {
        return link.spec().capacityBits() - floor(link);
    }

    /** How much may be reserved at one side of a link: where it sends by a port of several, as much as each of them allows. */
    long reservable(Link link, WireSide side) {
        return reservable(side.sending() ? narrowest(link, side) : link);
    }

    /** Of the links that begin where this one does the one of which least may be reserved: itself, where none has less. */
    Link narrowest(Link link) {
        Link least = link;
        for (WireSide side : wires.sides(link)) {
            least = side.sending() ? narrowest(least, side) : least;
        }
        return least;
    }

    private Link narrowest(Link link, WireSide sender) {
        Link least = link;
        for (Link other : wires.beginningAt(sender)) {
            least = reservable(other) < reservable(least) ? other : least;
        }
        return least;
    }

    /** What is free on a link for a network that has {@code own} already; not negative. */
    long free(Link link, Holding own) {
        long free = reservable(link);
        for (WireSide side : wires.sides(link)) {
            free = Math.min(free, free(link, side, own));
        }
        return Math.max(0, free);
    }

    /**
     * Whether a network that has {@code own} already may reserve what it asks for at either side. Lowered capacity and a raised
     * floor evict nobody.
     */
    boolean fits(Link link, Holding own, ToLongFunction<WireSide> asked) {
        for (WireSide side : wires.sides(link)) {
            long bits = asked.applyAsLong(side);
            if (bits > own.at(side) && bits > free(link, side, own)) {
                return false;
            }
        }
        return true;
    }

    long at(WireSide side) {
        return reserved.getOrDefault(side, 0L);
    }

    boolean isIdle() {
        return reserved.isEmpty();
    }

    private long free(Link link, WireSide side, Holding own) {
        return Math.max(0, reservable(link, side) - (at(side) - own.at(side)));
    }

    private void change(WireSide side, long bits, List<Freed> freed) {
        if (bits == 0) {
            return;
        }
        Long sum = reserved.merge(side, bits, Reservations::nonZeroSum);
        if (bits < 0) {
            long after = sum == null ? 0 : sum;
            freed.add(new Freed(side, after - bits, after));
        }
    }

    /** Null: nothing is reserved any more. */
    private static @Nullable Long nonZeroSum(Long one, Long other) {
        long sum = one + other;
        return sum == 0 ? null : sum;
    }

    /** All that a circuit reserves: its ways may cross one wire, and a failure may have all of them take their detours. */
    private static Map<WireSide, Long> of(Circuit circuit) {
        Map<WireSide, Long> sum = new HashMap<>();
        for (Route route : circuit.routes()) {
            if (route.bandwidthBits() != null) {
                add(route, route.bandwidthBits(), sum);
            }
        }
        return sum;
    }

    /** The working way, and the largest of its own detours: of those, one failure at a time has one carry. */
    private static void add(Route route, long bits, Map<WireSide, Long> sum) {
        Set<WireSide> detours = Set.of();
        for (Side side : route.sides()) {
            WireSide where = WireSide.of(side);
            if (side.role() == Role.WORKING) {
                sum.merge(where, bits, Saturated::sum);
            } else {
                detours = detours.isEmpty() ? new HashSet<>() : detours;
                detours.add(where);
            }
        }
        for (WireSide detour : detours) {
            sum.merge(detour, bits, Saturated::sum);
        }
    }
}
