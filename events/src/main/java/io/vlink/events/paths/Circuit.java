package io.vlink.events.paths;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes between ends, with all resources reserved for them: labels, numbers, bandwidth. Contains all that is needed to
 * compile rules. Its JSON form is {@link CircuitRecord}.
 *
 * @param number unique among the circuits of one overlay while the circuit exists; part of the cookie of its rules
 * @param generation the generation of the network that it realises
 * @param endpoints where traffic enters and leaves; a vlink has two, {@code fromEndpoint} first
 * @param routes the route from each end; a vlink has two, by {@link Direction}
 */
public record Circuit(long number, long generation, List<Endpoint> endpoints, List<Route> routes) {

    public Circuit {
        endpoints = List.copyOf(endpoints);
        routes = List.copyOf(routes);
        for (Route route : routes) {
            for (Hop hop : route.hops()) {
                for (Edge entry : hop.entries()) {
                    check(entry, endpoints);
                }
                for (Branch branch : hop.branches()) {
                    for (Face face : branch.faces()) {
                        check(face.edge(), endpoints);
                    }
                }
            }
        }
    }

    private static void check(Edge edge, List<Endpoint> endpoints) {
        if (edge instanceof AtEndpoint(int endpoint) && endpoint >= endpoints.size()) {
            throw new IllegalArgumentException("The end %d must be one of %d.".formatted(endpoint, endpoints.size()));
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Circuit of(CircuitRecord written) {
        return written.circuit();
    }

    @JsonValue
    CircuitRecord written() {
        return CircuitRecord.of(this);
    }

    /** Returns one of the two routes of a vlink. */
    public Route route(Direction direction) {
        return switch (direction) {
            case FORWARD -> routes.getFirst();
            case REVERSE -> routes.getLast();
        };
    }

    /** Returns the circuit with the same number of other ends. */
    public Circuit withEndpoints(List<Endpoint> others) {
        return others.equals(endpoints) ? this : new Circuit(number, generation, others, routes);
    }

    /** Returns the circuit with other routes. */
    public Circuit withRoutes(List<Route> others) {
        return others.equals(routes) ? this : new Circuit(number, generation, endpoints, others);
    }

    /** Returns the circuit with the bandwidths of another that has as many routes. */
    public Circuit withBandwidthOf(Circuit other) {
        List<Route> others = new ArrayList<>(routes.size());
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            Long bits = other.routes().get(i).bandwidthBits();
            others.add(new Route(route.name(), route.hops(), bits, route.latencyNanos(), route.meter()));
        }
        return withRoutes(others);
    }

    /** The number of the port by which frames enter; null while it is not known. */
    public @Nullable PortNumber enters(Edge entry) {
        return switch (entry) {
            case AtEndpoint(int endpoint) -> endpoints.get(endpoint).port();
            case Lane lane -> lane.inPort();
        };
    }

    /** The number of the port by which frames leave; null while it is not known. */
    public @Nullable PortNumber leaves(Edge face) {
        return switch (face) {
            case AtEndpoint(int endpoint) -> endpoints.get(endpoint).port();
            case Lane lane -> lane.outPort();
        };
    }

    /** Whether rules can be compiled: an attachment holds every end, and every port is known. */
    public boolean installable() {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.port() == null) {
                return false;
            }
        }
        for (Route route : routes) {
            if (!route.portsKnown()) {
                return false;
            }
        }
        return true;
    }

    /** All lanes of all routes, with the hops that they join. */
    public List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        for (Route route : routes) {
            spans.addAll(route.spans());
        }
        return spans;
    }

    /** Both sides of all lanes of all routes: every label in use and its place. */
    public List<Side> sides() {
        List<Side> sides = new ArrayList<>();
        for (Route route : routes) {
            sides.addAll(route.sides());
        }
        return sides;
    }

    /** All hops of all routes. */
    public List<Hop> hops() {
        List<Hop> hops = new ArrayList<>();
        for (Route route : routes) {
            hops.addAll(route.hops());
        }
        return hops;
    }

    /** The names of all links that have a lane of the circuit. */
    public Set<String> links() {
        Set<String> links = new LinkedHashSet<>();
        for (Side side : sides()) {
            links.add(side.lane().link());
        }
        return links;
    }

    /** The names of all nodes crossed. */
    public Set<String> nodes() {
        Set<String> nodes = new LinkedHashSet<>();
        for (Route route : routes) {
            for (Hop hop : route.hops()) {
                nodes.add(hop.node());
            }
        }
        return nodes;
    }

    /** Whether any route crosses a switch. */
    public boolean crosses(DatapathId datapathId) {
        return nodeOf(datapathId) != null;
    }

    /** The node of a switch that any route crosses; null if none does. */
    public @Nullable String nodeOf(DatapathId datapathId) {
        for (Route route : routes) {
            for (Hop hop : route.hops()) {
                if (hop.datapathId().equals(datapathId)) {
                    return hop.node();
                }
            }
        }
        return null;
    }

    /** Every switch that any route crosses. */
    public Set<DatapathId> datapathIds() {
        Set<DatapathId> crossed = new LinkedHashSet<>();
        for (Route route : routes) {
            for (Hop hop : route.hops()) {
                crossed.add(hop.datapathId());
            }
        }
        return crossed;
    }
}
