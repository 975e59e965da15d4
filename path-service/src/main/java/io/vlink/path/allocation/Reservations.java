package io.vlink.path.allocation;

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
 * Bandwidth reserved on the wires of one overlay, at both sides of each. Of one network's circuits the largest counts, not
 * their sum: its traffic moves from one to the other.
 */
public final class Reservations {

    private static final int PERCENT = 100;

    private final Wires wires;
    private final int floorPercent;
    private final Map<WireSide, Long> reserved = new HashMap<>();

    /** A reduction of the bandwidth reserved at one side of a wire, in bit/s. */
    public record Freed(WireSide side, long before, long after) {}

    /**
     * Creates empty books for an overlay.
     *
     * @param floorPercent capacity of a link that cannot be reserved, in percent, unless the link declares its own floor
     */
    public Reservations(Wires wires, int floorPercent) {
        this.wires = wires;
        this.floorPercent = floorPercent;
    }

    /** Returns the bandwidth that one network reserves at each side of a wire, for all its circuits. */
    public static Map<WireSide, Long> of(List<Circuit> circuits) {
        if (circuits.size() == 1) {
            return of(circuits.getFirst());
        }
        Map<WireSide, Long> largest = new HashMap<>();
        for (Circuit circuit : circuits) {
            of(circuit).forEach((side, bits) -> largest.merge(side, bits, Math::max));
        }
        return largest;
    }

    /** Replaces the former reservations of one network with its present ones. */
    public List<Freed> replace(Map<WireSide, Long> before, Map<WireSide, Long> after) {
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

    /** Returns the bandwidth of a link that is always kept for best effort, in bit/s. */
    public long floor(Link link) {
        Long floor = link.spec().bestEffortFloorBits();
        return floor == null ? link.spec().capacityBits() * floorPercent / PERCENT : floor;
    }

    /** Returns how much of a link all networks together may reserve, as far as this link decides it. */
    public long reservable(Link link) {
        return link.spec().capacityBits() - floor(link);
    }

    /** Returns how much may be reserved at one side of a link: at a sending port of several links, the least that any of them allows. */
    public long reservable(Link link, WireSide side) {
        return reservable(side.sending() ? narrowest(link, side) : link);
    }

    /** Returns the link with the least reservable bandwidth of those that share its sending port: itself, if none has less. */
    public Link narrowest(Link link) {
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

    /** Returns the bandwidth free on a link for a network that holds {@code own} already; not negative. */
    public long free(Link link, OwnReservation own) {
        long free = reservable(link);
        for (WireSide side : wires.sides(link)) {
            free = Math.min(free, free(link, side, own));
        }
        return Math.max(0, free);
    }

    /**
     * Returns whether a network that holds {@code own} already may reserve the requested bandwidth at both sides. A lowered capacity
     * and a raised floor evict nobody.
     */
    public boolean fits(Link link, OwnReservation own, ToLongFunction<WireSide> asked) {
        for (WireSide side : wires.sides(link)) {
            long bits = asked.applyAsLong(side);
            if (bits > own.at(side) && bits > free(link, side, own)) {
                return false;
            }
        }
        return true;
    }

    public long at(WireSide side) {
        return reserved.getOrDefault(side, 0L);
    }

    public boolean isIdle() {
        return reserved.isEmpty();
    }

    private long free(Link link, WireSide side, OwnReservation own) {
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

    /** Returns the sum; null: nothing is reserved any more. */
    private static @Nullable Long nonZeroSum(Long one, Long other) {
        long sum = one + other;
        return sum == 0 ? null : sum;
    }

    /**
     * Sums all reservations of a circuit: its routes may cross one wire, and a failure may put all of them on their
     * detours.
     */
    private static Map<WireSide, Long> of(Circuit circuit) {
        Map<WireSide, Long> sum = new HashMap<>();
        for (Route route : circuit.routes()) {
            if (route.bandwidthBits() != null) {
                add(route, route.bandwidthBits(), sum);
            }
        }
        return sum;
    }

    /** Adds the working path, and its detours once at each side: one failure at a time puts traffic on one of them. */
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
