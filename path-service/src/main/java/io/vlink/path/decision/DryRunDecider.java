package io.vlink.path.decision;

import io.vlink.events.Direction;
import io.vlink.events.dryruns.DryRunRequest;
import io.vlink.events.dryruns.DryRunResult;
import io.vlink.events.dryruns.ForecastLink;
import io.vlink.events.dryruns.ForecastRoute;
import io.vlink.events.links.Link;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.Route;
import io.vlink.path.allocation.OwnReservation;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.Reservations;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.planning.Demand;
import io.vlink.path.planning.Demands;
import io.vlink.path.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers dry runs by deciding: the same admission, on a temporary copy of the one network. Resources that the circuit takes
 * from the pools are given back before anything else happens, as if they had never been taken.
 */
final class DryRunDecider {

    private final Topology topology;
    private final Pools pools;
    private final Reservations reservations;
    private final Admitter admitter;
    private final NetworkDecider decider;

    DryRunDecider(
            Topology topology, Pools pools, Reservations reservations, Admitter admitter, NetworkDecider decider) {
        this.topology = topology;
        this.pools = pools;
        this.reservations = reservations;
        this.admitter = admitter;
        this.decider = decider;
    }

    /**
     * Answers a dry run.
     *
     * @param network a copy of the network's state, to be discarded
     */
    DryRunResult dryRun(DryRunRequest request, NetworkState network, Instant now) {
        return switch (request) {
            case DryRunRequest.AboutNetwork about -> ofNetwork(about, network, now);
            case DryRunRequest.AboutAttachment about -> ofAttachment(about, network, now);
        };
    }

    private DryRunResult ofNetwork(DryRunRequest.AboutNetwork about, NetworkState network, Instant now) {
        Network declared = network.declareNext(about.spec(), now);
        Draft draft = network.draft();
        Circuit before = draft.current();
        admitter.admit(network, declared, now, false);
        List<AttachmentState> attachments = attachments(network, declared);
        Circuit circuit = draft.is(Outcome.ADMITTED) ? draft.current() : null;
        if (circuit != null && (before == null || before.number() != circuit.number())) {
            pools.giveBack(circuit);
        }
        return new DryRunResult(
                about.requestId(),
                about.network(),
                draft.is(Outcome.ADMITTED) ? Outcome.ADMITTED : Outcome.REFUSED,
                draft.violations(),
                routeOf(Direction.FORWARD, circuit, network.demands(), network),
                routeOf(Direction.REVERSE, circuit, network.demands(), network),
                attachments);
    }

    private DryRunResult ofAttachment(DryRunRequest.AboutAttachment about, NetworkState network, Instant now) {
        network.attachNext(about.attachment(), about.spec(), now);
        Network declared = network.network();
        Draft draft = network.draft();
        Circuit circuit = draft.current();
        boolean live = declared != null && !declared.withdrawn();
        return new DryRunResult(
                about.requestId(),
                about.network(),
                live && draft.isDecided() ? (draft.is(Outcome.REFUSED) ? Outcome.REFUSED : Outcome.ADMITTED) : null,
                draft.violations(),
                routeOf(Direction.FORWARD, circuit, null, network),
                routeOf(Direction.REVERSE, circuit, null, network),
                live ? attachments(network, declared) : List.of());
    }

    private List<AttachmentState> attachments(NetworkState network, @Nullable Network declared) {
        decider.attach(network, network.draft(), declared);
        return network.draft().attachments();
    }

    /**
     * Returns one direction of a network.
     *
     * @param circuit the present or future circuit; null: there is none
     * @param demands the demands to report in place of a missing circuit; null: none are reported
     */
    private @Nullable ForecastRoute routeOf(
            Direction direction, @Nullable Circuit circuit, @Nullable Demands demands, NetworkState network) {
        if (circuit != null) {
            return route(circuit.route(direction), network);
        }
        return demands == null ? null : named(demands.of(direction), network);
    }

    private ForecastRoute route(Route route, NetworkState network) {
        return new ForecastRoute(
                route.name(),
                route.nodes(),
                links(route.links(), network),
                route.bandwidthBits(),
                route.latencyNanos(),
                route.bandwidthBits() == null
                        ? null
                        : pools.freeMeters(route.first().datapathId()));
    }

    /** Describes an unavailable path by the links that the user named, as far as those are known. */
    private @Nullable ForecastRoute named(Demand demand, NetworkState network) {
        List<String> names = demand.links();
        if (names == null) {
            return null;
        }
        List<ForecastLink> links = links(names, network);
        List<String> nodes = new ArrayList<>(List.of(demand.from()));
        names.stream()
                .map(topology::link)
                .flatMap(Stream::ofNullable)
                .map(link -> link.spec().to().node())
                .forEach(nodes::add);
        Long bits = demand.bandwidthBits();
        Node first = topology.node(demand.from());
        return new ForecastRoute(
                demand.name(),
                nodes,
                links,
                bits,
                Saturated.sum(links, ForecastLink::latencyNanos),
                bits == null || first == null
                        ? null
                        : pools.freeMeters(first.spec().datapathId()));
    }

    private List<ForecastLink> links(List<String> names, NetworkState network) {
        return names.stream()
                .map(topology::link)
                .flatMap(Stream::ofNullable)
                .map(link -> link(link, network))
                .toList();
    }

    private ForecastLink link(Link link, NetworkState network) {
        String name = link.id().name();
        return new ForecastLink(
                name,
                topology.latencyNanos(link),
                link.spec().capacityBits(),
                reservations.free(
                        link, new OwnReservation(network.footprint().ways().reserved(), Set.of())),
                pools.freeLabels(link));
    }
}
