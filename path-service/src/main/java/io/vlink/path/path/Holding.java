package io.vlink.path.path;

import java.util.Map;
import java.util.Set;

/**
 * What the network that is being planned has already: it does not compete with itself.
 *
 * @param reserved bandwidth on each link
 * @param labelled links on which its current circuit has a label
 */
record Holding(Map<String, Long> reserved, Set<String> labelled) {

    static final Holding NOTHING = new Holding(Map.of(), Set.of());

    long on(String link) {
        return reserved.getOrDefault(link, 0L);
    }
}
