package io.vlink.path.planning;

import io.vlink.path.allocation.OwnReservation;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.allocation.WireSide;
import java.util.Map;

/**
 * The criteria of a search for a path.
 *
 * @param mirrored whether the opposite links must meet the demand, too
 * @param besides bandwidth that the network's other ways reserve at each side of a wire, in bit/s
 * @param own resources that the network already holds
 */
record Criteria(Demand wanted, boolean mirrored, Map<WireSide, Long> besides, OwnReservation own) {

    Criteria {
        besides = Map.copyOf(besides);
    }

    /** Returns the bandwidth that the network needs at a side of a wire, in bit/s. */
    long asked(WireSide side) {
        return Saturated.sum(wanted.reserved(), besides.getOrDefault(side, 0L));
    }
}
