package io.vlink.events.paths;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a circuit.
 *
 * @param name as the user named the path; for people
 * @param hops the switches crossed, in order of travel; at least one
 * @param bandwidthBits bit/s reserved on every link and policed at the first hop; absent: best effort
 * @param latencyNanos what the links' latencies add up to, in nanoseconds
 * @param meter number of the meter at the first hop's switch; present exactly where {@code bandwidthBits} is
 */
public record Route(
        @Nullable String name,
        List<Hop> hops,
        @Nullable Long bandwidthBits,
        long latencyNanos,
        @Nullable Integer meter) {

    public Route {
        hops = List.copyOf(hops);
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("The hops of a route must not be empty.");
        }
    }

    public Hop first() {
        return hops.getFirst();
    }

    public Hop last() {
        return hops.getLast();
    }

    /** Names of the links crossed, in order of travel. */
    public List<String> links() {
        return hops.stream().flatMap(hop -> Stream.ofNullable(hop.outLink())).toList();
    }

    /** Names of the nodes crossed, in order of travel. */
    public List<String> nodes() {
        List<String> nodes = new ArrayList<>(hops.size());
        for (Hop hop : hops) {
            nodes.add(hop.node());
        }
        return nodes;
    }
}
