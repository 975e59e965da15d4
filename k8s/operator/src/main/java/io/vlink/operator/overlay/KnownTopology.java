package io.vlink.operator.overlay;

import io.vlink.events.ResourceId;
import io.vlink.events.links.Link;
import io.vlink.events.nodes.Node;
import io.vlink.operator.messaging.Requests;
import io.vlink.operator.messaging.SeenTopology;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import org.jspecify.annotations.Nullable;

/** Looks up the node or link that a request is about, in Kafka's records and in this process' requests. */
record KnownTopology(SeenTopology seen, Requests requests) implements OverlayPlan.TopologyFacts {

    @Override
    public @Nullable Long recorded(OperatorRequest about) {
        ResourceId id = ResourceId.of(about.id());
        if (isNode(about)) {
            Node node = seen.node(id);
            return node == null ? null : Long.valueOf(node.generation());
        }
        Link link = seen.link(id);
        return link == null ? null : Long.valueOf(link.generation());
    }

    @Override
    public boolean beingRemoved(OperatorRequest about) {
        ResourceId id = ResourceId.of(about.id());
        return isNode(about) ? seen.isNodeBeingRemoved(id) : seen.isLinkBeingRemoved(id);
    }

    private static boolean isNode(OperatorRequest about) {
        return about.verb() == OperatorRequest.Verb.DECLARE_NODE || about.verb() == OperatorRequest.Verb.WITHDRAW_NODE;
    }

    @Override
    public @Nullable PendingRequest asked(OperatorRequest about) {
        return requests.last(about);
    }
}
