package io.vlink.path.planning;

import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Role;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Span;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import io.vlink.path.topology.Outage;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.Topology;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares a circuit with the present declarations of its nodes and links. An edited node or link is a new wire beside the
 * old one: a circuit stays on the old wire until it is moved, and works as long as that wire does.
 */
public final class Displacement {

    private static final String BEGINS = "begins";

    private final Topology topology;
    private final PortTable ports;

    public Displacement(Topology topology, PortTable ports) {
        this.topology = topology;
        this.ports = ports;
    }

    /** Returns whether a node or link of a circuit has been redeclared, or one of its ports cannot be followed. */
    public boolean isDisplaced(Circuit circuit) {
        for (Route route : circuit.routes()) {
            for (Hop hop : route.hops()) {
                if (ofNode(hop) != null) {
                    return true;
                }
            }
            for (Span span : route.spans()) {
                if (ofLink(span) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Describes the change of a hop's node, for people; null: unchanged. */
    public @Nullable String ofNode(Hop hop) {
        Node node = topology.node(hop.node());
        if (node == null) {
            return "The node %s was deleted.".formatted(hop.node());
        }
        return node.spec().datapathId().equals(hop.datapathId())
                ? null
                : "The node %s has the switch %s now, not %s."
                        .formatted(hop.node(), node.spec().datapathId(), hop.datapathId());
    }

    /** Describes the change of a lane's link, for people; null: unchanged. */
    public @Nullable String ofLink(Span span) {
        Lane lane = span.lane();
        String name = lane.link();
        Link link = topology.link(name);
        if (link == null) {
            return "The link %s was deleted.".formatted(name);
        }
        LinkEnd from = link.spec().from();
        LinkEnd to = link.spec().to();
        if (!from.node().equals(span.sender().node())
                || !to.node().equals(span.receiver().node())) {
            return "The link %s leads from %s to %s now.".formatted(name, from.node(), to.node());
        }
        if (link.spec().kind().labels() != lane.label().kind()) {
            return "The link %s is of kind %s now."
                    .formatted(name, link.spec().kind().name().toLowerCase(Locale.ROOT));
        }
        String moved = moved(span.sender(), lane.outLocator(), lane.outPort(), from, name, BEGINS);
        return moved == null ? moved(span.receiver(), lane.inLocator(), lane.inPort(), to, name, "ends") : moved;
    }

    /** Returns whether a link and its nodes are unchanged, which makes the link's state that of this wire. */
    public boolean isOnDeclaredWire(Span span) {
        return isBetweenDeclaredNodes(span) && ofLink(span) == null;
    }

    /** Returns whether the nodes of a lane are unchanged. */
    public boolean isBetweenDeclaredNodes(Span span) {
        return ofNode(span.sender()) == null && ofNode(span.receiver()) == null;
    }

    /** Explains by the ports at its sides why the wire of a lane carries nothing; null: it may carry traffic. */
    public @Nullable String deadWire(Span span) {
        Lane lane = span.lane();
        String why = deadPort(span.sender(), lane.outPort(), lane.outLocator(), true);
        return why == null ? deadPort(span.receiver(), lane.inPort(), lane.inLocator(), false) : why;
    }

    /** Returns whether no traffic can pass one of the working paths of a circuit, according to its ports and links. */
    public boolean isDead(Circuit circuit) {
        for (Route route : circuit.routes()) {
            for (Span span : route.spans()) {
                if (span.face().role() == Role.WORKING && isDead(span)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isDead(Span span) {
        if (!span.lane().portsKnown()) {
            return true;
        }
        if (!isOnDeclaredWire(span)) {
            return deadWire(span) != null;
        }
        for (Outage outage : topology.outages(span.lane().link())) {
            if (!outage.equals(Outage.NO_STATE)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String deadPort(
            Hop hop, @Nullable PortNumber number, @Nullable PortLocator locator, boolean sending) {
        Port port = number == null ? null : ports.port(new SwitchPort(hop.datapathId(), number));
        if (port == null) {
            return "%s has no port %s.".formatted(hop.node(), locator);
        }
        Hindrance hindrance = sending ? port.cannotSend(hop.node()) : port.cannotReceive(hop.node());
        return hindrance == null ? null : hindrance.message();
    }

    /**
     * Describes the move of a link to another port; null: there is none. Another name for the same port is not a move.
     */
    private @Nullable String moved(
            Hop hop,
            @Nullable PortLocator locator,
            @Nullable PortNumber port,
            LinkEnd declared,
            String link,
            String verb) {
        if (locator == null) {
            return null;
        }
        PortNumber meant = ports.find(hop.datapathId(), locator);
        if (!locator.equals(declared.port())
                && (meant == null || !meant.equals(ports.find(hop.datapathId(), declared.port())))) {
            return "The link %s %s at port %s of %s now, not at %s."
                    .formatted(link, verb, declared.port(), declared.node(), locator);
        }
        return meant == null || Objects.equals(meant, port)
                ? null
                : "The port %s of %s now has the number %s; the path cannot follow it there with this label."
                        .formatted(locator, hop.node(), meant);
    }

    /** Explains by its declared ports why a link cannot take over live traffic now, for people; null: it can. */
    public @Nullable String whyUnready(Link link, boolean alsoUp) {
        String why = whyUnready(link, link.spec().from(), BEGINS, alsoUp);
        return why == null ? whyUnready(link, link.spec().to(), "ends", alsoUp) : why;
    }

    private @Nullable String whyUnready(Link link, LinkEnd end, String verb, boolean alsoUp) {
        Node node = topology.node(end.node());
        if (node == null) {
            return "There is no node %s.".formatted(end.node());
        }
        PortNumber port = ports.find(node.spec().datapathId(), end.port());
        String where = "The port %s of %s, where the link %s %s,"
                .formatted(end.port(), end.node(), link.id().name(), verb);
        if (port == null) {
            return "%s is not there: %s."
                    .formatted(where, ports.whyUnknown(node.spec().datapathId(), end.port()));
        }
        Port there = ports.port(new SwitchPort(node.spec().datapathId(), port));
        Hindrance hindrance = there == null
                ? null
                : verb.equals(BEGINS) ? there.cannotSend(end.node()) : there.cannotReceive(end.node());
        return alsoUp && hindrance != null ? "%s fails: %s".formatted(where, hindrance.message()) : null;
    }
}
