package io.vlink.path.allocation;

import java.util.Map;
import java.util.Set;

/**
 * The resources that the planned network already holds: it does not compete with itself.
 *
 * @param reserved bandwidth at each side of a wire, in bit/s
 * @param labelled receiving sides at which its current circuit has a label
 */
public record OwnReservation(Map<WireSide, Long> reserved, Set<WireSide> labelled) {

    public static final OwnReservation NOTHING = new OwnReservation(Map.of(), Set.of());

    public long at(WireSide side) {
        return reserved.getOrDefault(side, 0L);
    }
}
