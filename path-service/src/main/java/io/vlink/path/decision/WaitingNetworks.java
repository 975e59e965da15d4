package io.vlink.path.decision;

import io.vlink.events.links.Link;
import io.vlink.events.paths.Outcome;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Violation;
import io.vlink.path.planning.Demand;
import io.vlink.path.planning.Demands;
import io.vlink.path.planning.Obstacle;
import io.vlink.path.planning.Planner;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Networks that wait for a path, indexed by the links that may provide it. A change costs those little that it does not help:
 * a network with a computed path waits at the {@link Obstacle obstacles} of its last search, and is retried only if the changed
 * link may remove one.
 */
final class WaitingNetworks {

    private final Topology topology;
    private final Planner planner;
    private final Agenda agenda;
    private final Map<NetworkState, Places> waiting = new HashMap<>();
    private final Map<String, Set<NetworkState>> byLink = new HashMap<>();
    private final Map<String, Set<NetworkState>> byBlame = new HashMap<>();
    private final Map<String, Set<NetworkState>> byNode = new HashMap<>();
    /** Networks that any usable link may help, or any link at many nodes. */
    private final Set<NetworkState> wide = new LinkedHashSet<>();
    /** Networks that any change may help. */
    private final Set<NetworkState> anywhere = new LinkedHashSet<>();

    WaitingNetworks(Topology topology, Planner planner, Agenda agenda) {
        this.topology = topology;
        this.planner = planner;
        this.agenda = agenda;
    }

    /**
     * The places where one network waits.
     *
     * @param links links that it names
     * @param blamed links that its refusal contains
     * @param nodes nodes at its obstacles
     * @param wide whether its obstacles are not at a few nodes
     * @param anywhere whether any change may help
     */
    private record Places(Set<String> links, Set<String> blamed, Set<String> nodes, boolean wide, boolean anywhere) {}

    /** Registers the network for the changes that would help it, unless it lacks nothing. */
    void enlist(NetworkState network) {
        Draft draft = network.draft();
        Demands demands = network.demands();
        if (demands != null && (draft.is(Outcome.REFUSED) || (draft.is(Outcome.ADMITTED) && isOff(draft, demands)))) {
            waitAt(network, places(demands, draft.violations(), network.obstacles()));
        } else {
            remove(network);
        }
    }

    /** Returns whether a granted circuit is not where it should be. */
    private static boolean isOff(Draft draft, Demands demands) {
        return draft.isDisplaced() || (demands.restores() && Impairments.areCuts(draft.impairments()));
    }

    private Places places(Demands demands, List<Violation> violations, List<Obstacle> obstacles) {
        Set<String> links = new HashSet<>();
        boolean anywhere = violations.stream().anyMatch(violation -> violation.is(RefusalReason.NO_REVERSE_LINK));
        for (Demand demand : demands.all()) {
            List<String> named = demands.written(demand).links();
            if (named == null) {
                anywhere |= obstacles.isEmpty();
            } else if (demand.mirrorOf() == null) {
                links.addAll(named);
            } else {
                named.forEach(name -> addOpposite(name, links));
            }
        }
        Set<String> blamed = new HashSet<>();
        Set<String> nodes = new HashSet<>();
        boolean wide = false;
        for (Obstacle obstacle : obstacles) {
            blamed.addAll(obstacle.blamed());
            nodes.addAll(obstacle.around());
            wide |= obstacle.around().isEmpty();
        }
        return new Places(links, blamed, nodes, wide, anywhere);
    }

    private void addOpposite(String name, Set<String> links) {
        Link link = topology.link(name);
        Link opposite = link == null ? null : topology.opposite(link);
        if (opposite != null) {
            links.add(opposite.id().name());
        }
    }

    private void waitAt(NetworkState network, Places places) {
        if (places.equals(waiting.get(network))) {
            return;
        }
        remove(network);
        waiting.put(network, places);
        add(network, places.links(), byLink);
        add(network, places.blamed(), byBlame);
        add(network, places.nodes(), byNode);
        if (places.wide()) {
            wide.add(network);
        }
        if (places.anywhere()) {
            anywhere.add(network);
        }
    }

    private static void add(NetworkState network, Set<String> keys, Map<String, Set<NetworkState>> index) {
        for (String key : keys) {
            index.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(network);
        }
    }

    void remove(NetworkState network) {
        Places places = waiting.remove(network);
        if (places == null) {
            return;
        }
        remove(network, places.links(), byLink);
        remove(network, places.blamed(), byBlame);
        remove(network, places.nodes(), byNode);
        wide.remove(network);
        anywhere.remove(network);
    }

    private static void remove(NetworkState network, Set<String> keys, Map<String, Set<NetworkState>> index) {
        for (String key : keys) {
            Set<NetworkState> known = index.get(key);
            if (known != null && known.remove(network) && known.isEmpty()) {
                index.remove(key);
            }
        }
    }

    /** Returns whether no network waits. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean contains(NetworkState network) {
        return waiting.containsKey(network);
    }

    /** Retries the networks that name the link, or whose refusals do, whatever has changed. */
    void linkChanged(String link) {
        anywhere.forEach(agenda::retry);
        byLink.getOrDefault(link, Set.of()).forEach(agenda::retry);
        byBlame.getOrDefault(link, Set.of()).forEach(agenda::retry);
    }

    /**
     * Retries the networks that the link may help.
     *
     * @param link a link as it is now or, if it is edited or removed, was before
     */
    void helps(Link link) {
        helps(link, network -> true);
    }

    /** Retries the networks, of those that match, that the link may help. */
    void helps(Link link, Predicate<NetworkState> matching) {
        retry(anywhere, matching);
        retry(byLink.getOrDefault(link.id().name(), Set.of()), matching);
        Set<NetworkState> near = new LinkedHashSet<>(wide);
        near.addAll(byNode.getOrDefault(link.spec().from().node(), Set.of()));
        near.addAll(byNode.getOrDefault(link.spec().to().node(), Set.of()));
        for (NetworkState network : near) {
            if (matching.test(network) && mayRemove(network, link)) {
                agenda.retry(network, link);
            }
        }
    }

    private void retry(Collection<NetworkState> networks, Predicate<NetworkState> matching) {
        for (NetworkState network : networks) {
            if (matching.test(network)) {
                agenda.retry(network);
            }
        }
    }

    /** Returns whether the link may remove an obstacle of the network. */
    boolean mayRemove(NetworkState network, Link link) {
        for (Obstacle obstacle : network.obstacles()) {
            if (planner.mayRemove(obstacle, link)) {
                return true;
            }
        }
        return false;
    }

    /** Retries the networks that a change of this node may help: links are usable with known nodes only. */
    void nodeChanged(String node) {
        anywhere.forEach(agenda::retry);
        List<Link> links = new ArrayList<>(topology.linksFrom(node));
        links.addAll(topology.linksTo(node));
        for (Link link : links) {
            linkChanged(link.id().name());
            helps(link);
        }
    }

    /** Retries the networks that lack more than a path, such as a number. */
    void numbersFreed() {
        for (Map.Entry<NetworkState, Places> each : waiting.entrySet()) {
            if (each.getKey().obstacles().isEmpty()) {
                agenda.retry(each.getKey());
            }
        }
    }
}
