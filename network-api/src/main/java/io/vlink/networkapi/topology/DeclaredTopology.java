package io.vlink.networkapi.topology;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import io.vlink.events.links.LinkStateReason;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.requests.Request;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.networkapi.reading.TopologyReader;
import io.vlink.networkapi.rest.Declarable;
import io.vlink.networkapi.rest.Target;
import io.vlink.networkapi.usage.Thing;
import io.vlink.networkapi.view.View;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Defines how nodes and links are declared, shown and withdrawn. A node has taken effect when its switch is connected,
 * a link when it is up.
 */
@Singleton
public final class DeclaredTopology {

    private final View view;

    DeclaredTopology(View view) {
        this.view = view;
    }

    public Declarable<ResourceId, NodeSpec> nodes() {
        return new Declarable<>(this::node, TopologyReader::node, Request.DeclareNode::new, Request.WithdrawNode::new);
    }

    public Declarable<ResourceId, LinkSpec> links() {
        return new Declarable<>(this::link, TopologyReader::link, Request.DeclareLink::new, Request.WithdrawLink::new);
    }

    Target node(ResourceId id) {
        return new TopologyTarget(
                "node",
                id,
                () -> view.nodes()
                        .get(id.toString())
                        .map(node -> new Target.CurrentState(node.generation(), node.withdrawn(), () -> show(node))),
                () -> view.nodes()
                        .get(id.toString())
                        .map(node -> node.spec().datapathId().toString())
                        .orElse(id.toString()),
                () -> progress(
                        view.nodes().get(id.toString()).map(this::switchOf).orElse(null)),
                () -> false);
    }

    Target link(ResourceId id) {
        return new TopologyTarget(
                "link",
                id,
                () -> view.links()
                        .get(id.toString())
                        .map(link -> new Target.CurrentState(link.generation(), link.withdrawn(), () -> show(link))),
                id::toString,
                () -> isUp(id) ? Target.Progress.DONE : Target.Progress.PENDING,
                () -> state(id) != null);
    }

    private static Target.Progress progress(@Nullable Switch seen) {
        return seen == null
                ? Target.Progress.PENDING
                : switch (seen.state()) {
                    case CONNECTED -> Target.Progress.DONE;
                    case DISCONNECTED -> Target.Progress.PENDING;
                    case REFUSED -> Target.Progress.REFUSED;
                };
    }

    ShownNode show(Node node) {
        return ShownNode.of(
                node,
                switchOf(node),
                view.usage().of(new Thing.OfNode(node.id())),
                view.claims().isOfAnother(node.spec().datapathId(), node.id().overlay()));
    }

    ShownLink show(Link link) {
        return ShownLink.of(
                link,
                status(link),
                view.usage().of(new Thing.OfLink(link.id())),
                view.usage().reservedOn(link.id()));
    }

    @Nullable Switch switchOf(Node node) {
        return view.switches().get(node.spec().datapathId().toString()).orElse(null);
    }

    /** Returns the nodes that declare the switch. */
    List<ResourceId> nodesOf(DatapathId datapathId) {
        return view.nodes().all().stream()
                .filter(node -> !node.withdrawn())
                .filter(node -> node.spec().datapathId().equals(datapathId))
                .map(Node::id)
                .toList();
    }

    boolean isUp(ResourceId id) {
        ShownLink.ShownLinkStatus status =
                view.links().get(id.toString()).map(this::status).orElse(null);
        return status != null && status.up();
    }

    /**
     * Returns a link's status. The gateway that reports a link sees the receiving switch; the sending switch's ports
     * show whether it can send.
     */
    private ShownLink.@Nullable ShownLinkStatus status(Link link) {
        LinkState state = state(link.id());
        if (state == null) {
            return null;
        }
        ShownLink.ShownLinkStatus atSender = state.up() ? atSender(link, state) : null;
        return atSender == null
                ? new ShownLink.ShownLinkStatus(
                        state.up(), state.reason(), state.message(), state.since(), state.latencyNanos())
                : atSender;
    }

    private ShownLink.@Nullable ShownLinkStatus atSender(Link link, LinkState state) {
        LinkEnd from = link.spec().from();
        Node node = view.nodes()
                .get(new ResourceId(link.id().overlay(), from.node()).toString())
                .orElse(null);
        if (node == null || !view.seenPorts().knows(node.spec().datapathId())) {
            return null; // that end is unknown
        }
        Port port = view.seenPorts().find(node.spec().datapathId(), from.port());
        if (port == null) {
            return new ShownLink.ShownLinkStatus(
                    false,
                    LinkStateReason.PORT_UNKNOWN.word(),
                    "The sending switch, of node %s, has no port %s.".formatted(from.node(), from.port()),
                    state.since(),
                    state.latencyNanos());
        }
        Hindrance hindrance = port.cannotSend("node " + from.node());
        return hindrance == null
                ? null
                : new ShownLink.ShownLinkStatus(
                        false,
                        hindrance.reason(),
                        hindrance.message(),
                        Objects.requireNonNullElse(view.seenPorts().since(port), state.since()),
                        state.latencyNanos());
    }

    private @Nullable LinkState state(ResourceId link) {
        return view.linkStates().get(link.toString()).orElse(null);
    }
}
