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
 * Ways between ends with everything that was taken for them: labels, numbers, bandwidth. It says all that is needed to compile
 * rules, and nothing else has to be known for that. In JSON it stands as {@link CircuitRecord} says.
 *
 * @param number unique among the circuits of one overlay while it exists; stands in the cookie of its rules
 * @param generation that of the network which it realises
 * @param ends where traffic enters and leaves; a vlink has two, {@code fromEndpoint} first
 * @param routes the way of what each end sends; a vlink has two, by {@link Direction}
 */
public record Circuit(long number, long generation, List<End> ends, List<Route> routes) {

    public Circuit {
        ends = List.copyOf(ends);
        routes = List.copyOf(routes);
        for (Route route : routes) {
            for (Hop hop : route.hops()) {
                for (Edge entry : hop.entries()) {
                    check(entry, ends);
                }
                for (Branch branch : hop.branches()) {
                    for (Face face : branch.faces()) {
                        check(face.edge(), ends);
                    }
                }
            }
        }
    }

    private static void check(Edge edge, List<End> ends) {
        if (edge instanceof AtEnd(int end) && end >= ends.size()) {
            throw new IllegalArgumentException("The end %d must be one of %d.".formatted(end, ends.size()));
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

    /** One of the two ways of a vlink. */
    public Route route(Direction direction) {
        return switch (direction) {
            case FORWARD -> routes.getFirst();
            case REVERSE -> routes.getLast();
        };
    }

    /** The same with other ends, as many. */
    public Circuit withEnds(List<End> others) {
        return others.equals(ends) ? this : new Circuit(number, generation, others, routes);
    }

    /** The same over other routes. */
    public Circuit withRoutes(List<Route> others) {
        return others.equals(routes) ? this : new Circuit(number, generation, ends, others);
    }

    /** The same with the bandwidths of another that has as many routes. */
    public Circuit withBandwidthOf(Circuit other) {
        List<Route> others = new ArrayList<>(routes.size());
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            Long bits = other.routes().get(i).bandwidthBits();
            others.add(new Route(route.name(), route.hops(), bits, route.latencyNanos(), route.meter()));
        }
        return withRoutes(others);
    }

    /** Number of the port that frames come in by; absent while it is not known. */
    public @Nullable PortNumber enters(Edge entry) {
        return switch (entry) {
            case AtEnd(int end) -> ends.get(end).port();
            case Lane lane -> lane.inPort();
        };
    }

    /** Number of the port that frames leave by; absent while it is not known. */
    public @Nullable PortNumber leaves(Edge face) {
        return switch (face) {
            case AtEnd(int end) -> ends.get(end).port();
            case Lane lane -> lane.outPort();
        };
    }

    /** Whether rules can be compiled: every end held by an attachment, and every port known. */
    public boolean installable() {
        for (End end : ends) {
            if (end.port() == null) {
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

    /** Both sides of all lanes of all routes: every label that is held, and where. */
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

    /** Names of all links that a lane of the circuit is on. */
    public Set<String> links() {
        Set<String> links = new LinkedHashSet<>();
        for (Side side : sides()) {
            links.add(side.lane().link());
        }
        return links;
    }

    /** Names of all nodes crossed. */
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

    /** The node of a switch that any route crosses; null: none does. */
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
