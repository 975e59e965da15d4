package io.vlink.events.dryruns;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a network in a dry run.
 *
 * @param name the user's name of the path; for people
 * @param nodes nodes that it would cross, in order of travel
 * @param links links that it would cross, in order of travel
 * @param bandwidthBits bit/s that it would reserve on every link; absent: best effort
 * @param latencyNanos the sum of the links' latencies
 * @param freeMeters the number of meters that the first switch has free for policing; absent where none is needed
 */
public record ForecastRoute(
        @Nullable String name,
        List<String> nodes,
        List<ForecastLink> links,
        @Nullable Long bandwidthBits,
        long latencyNanos,
        @Nullable Long freeMeters) {

    public ForecastRoute {
        nodes = List.copyOf(nodes);
        links = List.copyOf(links);
    }
}
