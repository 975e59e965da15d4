package io.vlink.path.sample;

import io.vlink.events.PortLocator;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.NodeSpec;
import java.util.function.UnaryOperator;

/** Changes of one member of the spec of a link or a node. */
public final class Edits {

    private Edits() {}

    public static LinkEnd end(String node, String port) {
        return new LinkEnd(node, PortLocator.of(port));
    }

    /** Returns the spec with other ends. */
    public static LinkSpec at(LinkSpec spec, LinkEnd from, LinkEnd to) {
        return new LinkSpec(from, to, spec.capacityBits(), spec.latencyNanos(), spec.kind(), spec.maintenance());
    }

    /** Sets the capacity of a link in bit/s. */
    public static UnaryOperator<LinkSpec> capacity(long bits) {
        return spec -> new LinkSpec(spec.from(), spec.to(), bits, spec.latencyNanos(), spec.kind(), spec.maintenance());
    }

    /** Sets the floor of best effort of a link in bit/s. */
    public static UnaryOperator<LinkSpec> floor(long bits) {
        return spec -> new LinkSpec(
                spec.from(),
                spec.to(),
                spec.capacityBits(),
                spec.latencyNanos(),
                spec.kind(),
                spec.maintenance(),
                bits);
    }

    public static UnaryOperator<LinkSpec> latency(long nanos) {
        return spec ->
                new LinkSpec(spec.from(), spec.to(), spec.capacityBits(), nanos, spec.kind(), spec.maintenance());
    }

    public static UnaryOperator<LinkSpec> kind(LinkKind kind) {
        return spec -> new LinkSpec(
                spec.from(), spec.to(), spec.capacityBits(), spec.latencyNanos(), kind, spec.maintenance());
    }

    public static UnaryOperator<LinkSpec> maintenance(boolean maintenance) {
        return spec -> new LinkSpec(
                spec.from(), spec.to(), spec.capacityBits(), spec.latencyNanos(), spec.kind(), maintenance);
    }

    public static UnaryOperator<NodeSpec> nodeMaintenance(boolean maintenance) {
        return spec -> new NodeSpec(spec.datapathId(), spec.tunnelAddress(), spec.ovsdb(), maintenance);
    }
}
