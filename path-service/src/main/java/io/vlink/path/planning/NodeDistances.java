package io.vlink.path.planning;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The distances of some nodes; all others are at one larger distance. Kept small: one may be kept for each waiting network. */
final class NodeDistances {

    private final String[] nodes;
    private final long[] nanos;
    private final long others;

    private NodeDistances(String[] nodes, long[] nanos, long others) {
        this.nodes = nodes;
        this.nanos = nanos;
        this.others = others;
    }

    static NodeDistances of(Map<String, Long> distances, long others) {
        SortedMap<String, Long> sorted = new TreeMap<>(distances);
        return new NodeDistances(
                sorted.keySet().toArray(String[]::new),
                sorted.values().stream().mapToLong(Long::longValue).toArray(),
                others);
    }

    /** Returns the nodes that are nearer than others. */
    String[] nodes() {
        return nodes.clone();
    }

    int size() {
        return nodes.length;
    }

    long of(String node) {
        int found = Arrays.binarySearch(nodes, node);
        return found < 0 ? others : nanos[found];
    }
}
