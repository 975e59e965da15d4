package io.vlink.path.path;

import java.util.Map;
import java.util.Set;

/**
 * The resources that the planned network already holds: it does not compete with itself.
 *
 * @param reserved bandwidth at each side of a wire, in bit/s
 * @param labelled receiving sides at which its current circuit has a label
 */
record Holding(Map<WireSide, Long> reserved, Set<WireSide> labelled) {

    static final Holding NOTHING = new Holding(Map.of(), Set.of());

    long at(WireSide side) {
        return reserved.getOrDefault(side, 0L);
    }
}
