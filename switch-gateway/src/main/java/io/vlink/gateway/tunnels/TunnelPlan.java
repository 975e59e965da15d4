package io.vlink.gateway.tunnels;

import io.vlink.events.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The changes from the tunnels that a bridge has to those that it must have. Only ports with the gateway's mark are changed
 * or removed.
 *
 * @param failed ports with the right settings that Open vSwitch failed to create
 * @param problems links whose tunnel is wrong or missing and cannot be corrected, and why
 */
public record TunnelPlan(List<Change> changes, List<FoundPort> failed, Map<ResourceId, String> problems) {

    /** The change of one port. */
    public sealed interface Change {}

    public record Create(Tunnel tunnel) implements Change {}

    /** A change in place: the port keeps its number. */
    public record Amend(FoundPort port, Tunnel tunnel) implements Change {}

    public record Remove(FoundPort port) implements Change {}

    public TunnelPlan {
        changes = List.copyOf(changes);
        failed = List.copyOf(failed);
        problems = Map.copyOf(problems);
    }

    /**
     * Compares the ports that exist with the tunnels that are wanted.
     *
     * @param found every vxlan port of the whole Open vSwitch, and every port with a wanted name
     */
    public static TunnelPlan of(WantedTunnels wanted, Collection<FoundPort> found) {
        Map<String, FoundPort> byName = found.stream().collect(Collectors.toMap(FoundPort::name, Function.identity()));
        Set<String> names = wanted.ports();
        List<Change> changes = new ArrayList<>();
        List<FoundPort> failed = new ArrayList<>();
        Map<ResourceId, String> problems = new HashMap<>(wanted.problems());
        Map<Tunnel.TunnelKey, FoundPort> taken = new HashMap<>();
        for (FoundPort port : found) {
            if (port.here() && port.isOurs()) {
                if (!names.contains(port.name())) {
                    changes.add(new Remove(port));
                }
            } else if (port.isTunnel()) {
                taken.put(Tunnel.TunnelKey.of(port.options()), port);
            }
        }
        Map<Tunnel.TunnelKey, Tunnel> given = new HashMap<>();
        // Existing tunnels keep their place; the others follow in the order of their names.
        List<Tunnel> inOrder = wanted.tunnels().stream()
                .sorted(Comparator.comparing((Tunnel tunnel) -> !isThere(byName.get(tunnel.port()), tunnel))
                        .thenComparing(Tunnel::port))
                .toList();
        for (Tunnel tunnel : inOrder) {
            FoundPort port = byName.get(tunnel.port());
            String problem = problem(tunnel, port, taken.get(tunnel.route()), given.get(tunnel.route()));
            if (problem != null) {
                tunnel.links().forEach(link -> problems.put(link, problem));
            }
            boolean ours = port != null && port.here() && port.isOurs();
            boolean twice = given.containsKey(tunnel.route());
            boolean clashes = clashes(tunnel, port, taken.get(tunnel.route()), given.get(tunnel.route()));
            if (!clashes) {
                given.put(tunnel.route(), tunnel);
            }
            if (port == null && !clashes) {
                changes.add(new Create(tunnel));
            } else if (port != null && ours && twice) {
                changes.add(new Remove(port));
            } else if (port != null && ours && !clashes && !port.is(tunnel)) {
                changes.add(new Amend(port, tunnel));
            } else if (port != null && ours && !clashes && port.error() != null) {
                failed.add(port);
            }
        }
        return new TunnelPlan(changes, failed, problems);
    }

    private static boolean isThere(@Nullable FoundPort port, Tunnel tunnel) {
        return port != null && port.serves(tunnel);
    }

    private static boolean clashes(
            Tunnel tunnel, @Nullable FoundPort port, @Nullable FoundPort taken, @Nullable Tunnel given) {
        if (given != null) {
            return true;
        }
        boolean stands = port != null && port.is(tunnel) && port.error() == null;
        return taken != null && !stands && (port == null || !taken.name().equals(port.name()));
    }

    private static @Nullable String problem(
            Tunnel tunnel, @Nullable FoundPort port, @Nullable FoundPort taken, @Nullable Tunnel given) {
        if (port != null && !port.here()) {
            return "The port %s is on the bridge %s; a tunnel needs a name that no other bridge of the node uses."
                    .formatted(port.name(), port.bridge());
        }
        if (port != null && !port.isOurs() && !port.serves(tunnel)) {
            return ("The port %s was not created by Vlink and is not the tunnel that the link needs (type vxlan with key=flow,"
                            + " remote_ip=%s, dst_port=%d). Remove it, or give the link another port name.")
                    .formatted(port.name(), tunnel.remote(), tunnel.udpPort());
        }
        if (clashes(tunnel, port, taken, given)) {
            String other = given != null ? given.port() : taken == null ? "" : taken.name() + " of " + taken.bridge();
            return "The port %s cannot be created: the port %s already is a tunnel to %s with UDP port %d, and Open vSwitch allows only one. Give one overlay another UDP port, or let the links share a port name."
                    .formatted(tunnel.port(), other, tunnel.remote(), tunnel.udpPort());
        }
        if (port != null && port.error() != null) {
            return "Open vSwitch could not create the port %s: %s".formatted(port.name(), port.error());
        }
        return null;
    }
}
