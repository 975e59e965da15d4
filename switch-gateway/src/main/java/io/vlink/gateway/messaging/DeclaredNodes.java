package io.vlink.gateway.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.nodes.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The recorded nodes: which switches they declare, and where the OVSDB of each of our switches listens. */
final class DeclaredNodes {

    /**
     * What nodes declare of one switch.
     *
     * @param present whether any declares it
     * @param ovsdb where its OVSDB listens, or, where no node declares it any more, listened last; absent: nowhere
     */
    record Declaration(boolean present, @Nullable String ovsdb) {}

    private final Predicate<DatapathId> ours;
    private final Map<ResourceId, Node> nodes = new HashMap<>();
    /** Where a switch's OVSDB listened last: what was made there goes once its node is withdrawn. */
    private final Map<DatapathId, String> lastOvsdb = new HashMap<>();

    /**
     * Makes one that knows of none.
     *
     * @param ours whether a switch belongs to this shard
     */
    DeclaredNodes(Predicate<DatapathId> ours) {
        this.ours = ours;
    }

    /** A node is recorded as it is now; null: no more. Returns what it was before; null: it was not recorded. */
    @Nullable Node put(ResourceId id, @Nullable Node node) {
        Node before = node == null ? nodes.remove(id) : nodes.put(id, node);
        if (node != null && node.spec().ovsdb() != null && ours.test(node.spec().datapathId())) {
            lastOvsdb.put(node.spec().datapathId(), node.spec().ovsdb());
        }
        return before;
    }

    /** What nodes declare of a switch. */
    Declaration of(DatapathId datapathId) {
        List<Node> recorded = nodes.values().stream()
                .filter(node -> node.spec().datapathId().equals(datapathId))
                .toList();
        String ovsdb = recorded.isEmpty()
                ? lastOvsdb.get(datapathId)
                : recorded.stream()
                        .map(node -> node.spec().ovsdb())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        return new Declaration(!recorded.isEmpty(), ovsdb);
    }

    /** Those of our switches that a node declares, or declared with an OVSDB. */
    Set<DatapathId> switches() {
        Set<DatapathId> declared = new HashSet<>(lastOvsdb.keySet());
        nodes.values().stream()
                .map(node -> node.spec().datapathId())
                .filter(ours)
                .forEach(declared::add);
        return declared;
    }
}
