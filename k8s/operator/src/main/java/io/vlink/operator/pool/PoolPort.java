package io.vlink.operator.pool;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A port that every node has, with the NetworkAttachmentDefinition for it and its owners.
 *
 * @param number OpenFlow number of the port, the same on every node
 * @param definition {@code namespace/name} of the NetworkAttachmentDefinition
 * @param foreign nodes where the port is in use by others
 * @param holds reservations by node
 */
public record PoolPort(int number, String definition, Set<String> foreign, Map<String, Hold> holds) {

    public PoolPort {
        foreign = Set.copyOf(foreign);
        holds = Map.copyOf(holds);
    }

    boolean isFree(String node) {
        return !foreign.contains(node) && !holds.containsKey(node);
    }

    PoolPort heldOn(Collection<String> nodes, Hold hold) {
        Map<String, Hold> next = new TreeMap<>(holds);
        nodes.forEach(node -> next.put(node, hold));
        return new PoolPort(number, definition, foreign, next);
    }

    PoolPort with(Map<String, Hold> next) {
        return new PoolPort(number, definition, foreign, next);
    }
}
