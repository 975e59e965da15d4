package io.vlink.gateway.tunnels;

import io.vlink.events.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tunnels that one node must have.
 *
 * @param tunnels one for each port name
 * @param problems links that get no tunnel, and why, in words
 */
public record WantedTunnels(List<Tunnel> tunnels, Map<ResourceId, String> problems) {

    public static final WantedTunnels NONE = new WantedTunnels(List.of(), Map.of());

    public WantedTunnels {
        tunnels = List.copyOf(tunnels);
        problems = Map.copyOf(problems);
    }

    public Set<String> ports() {
        return tunnels.stream().map(Tunnel::port).collect(Collectors.toSet());
    }
}
