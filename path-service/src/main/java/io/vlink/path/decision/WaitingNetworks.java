package io.vlink.path.decision;

import io.vlink.events.links.Link;
import io.vlink.events.paths.Outcome;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.path.planning.Demand;
import io.vlink.path.planning.Demands;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Networks that wait for a path, indexed by the links that may provide it. */
final class WaitingNetworks {

    private final Topology topology;
    private final Map<NetworkState, Set<String>> links = new HashMap<>();
    private final Map<String, Set<NetworkState>> byLink = new HashMap<>();
    private final Set<NetworkState> anywhere = new LinkedHashSet<>();

    WaitingNetworks(Topology topology) {
        this.topology = topology;
    }

    /** Registers the network for the changes that would help it, unless it lacks nothing. */
    void enlist(NetworkState network) {
        Draft draft = network.draft();
        Demands demands = network.demands();
        if (demands != null && (draft.is(Outcome.REFUSED) || (draft.is(Outcome.ADMITTED) && isOff(draft, demands)))) {
            waitFor(network, demands, draft.violations());
        } else {
            remove(network);
        }
    }

    /** Returns whether a granted circuit is not where it should be. */
    private static boolean isOff(Draft draft, Demands demands) {
        return draft.isDisplaced() || (demands.restores() && Impairments.areCuts(draft.impairments()));
    }

    private void waitFor(NetworkState network, Demands demands, List<Violation> violations) {
        Set<String> links = new HashSet<>();
        boolean anywhere = violations.stream().anyMatch(violation -> violation.is(RefusalReason.NO_REVERSE_LINK));
        for (Demand demand : demands.all()) {
            List<String> named = demands.written(demand).links();
            if (named == null) {
                anywhere = true;
            } else if (demand.mirrorOf() == null) {
                links.addAll(named);
            } else {
                named.forEach(name -> addOpposite(name, links));
            }
        }
        if (anywhere) {
            forAnyLink(network);
        } else {
            forLinks(network, links);
        }
    }

    private void addOpposite(String name, Set<String> links) {
        Link link = topology.link(name);
        Link opposite = link == null ? null : topology.opposite(link);
        if (opposite != null) {
            links.add(opposite.id().name());
        }
    }

    /** Lets a network wait for these links only. */
    private void forLinks(NetworkState network, Set<String> wanted) {
        if (wanted.equals(links.get(network))) {
            return;
        }
        remove(network);
        links.put(network, wanted);
        wanted.forEach(
                link -> byLink.computeIfAbsent(link, l -> new LinkedHashSet<>()).add(network));
    }

    /** Lets a network wait for any link. */
    private void forAnyLink(NetworkState network) {
        remove(network);
        links.put(network, Set.of());
        anywhere.add(network);
    }

    void remove(NetworkState network) {
        Set<String> wanted = links.remove(network);
        if (wanted == null) {
            return;
        }
        anywhere.remove(network);
        for (String link : wanted) {
            Set<NetworkState> known = byLink.get(link);
            if (known != null && known.remove(network) && known.isEmpty()) {
                byLink.remove(link);
            }
        }
    }

    /** Returns the networks that the link may help. */
    List<NetworkState> on(String link) {
        List<NetworkState> all = new ArrayList<>(anywhere);
        all.addAll(byLink.getOrDefault(link, Set.of()));
        return all;
    }

    /** Returns whether no network waits. */
    boolean isEmpty() {
        return links.isEmpty();
    }

    List<NetworkState> all() {
        return List.copyOf(links.keySet());
    }
}
