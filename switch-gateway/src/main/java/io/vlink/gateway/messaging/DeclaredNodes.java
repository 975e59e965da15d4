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

/** The recorded nodes: the switches that they declare, and the OVSDB address of each switch of this shard. */
final class DeclaredNodes {

    /**
     * The declaration of one switch by nodes.
     *
     * @param present whether any node declares it
     * @param ovsdb the address of its OVSDB, the last known one if no node declares it any more; null: none
     */
    record Declaration(boolean present, @Nullable String ovsdb) {}

    private final Predicate<DatapathId> ours;
    private final Map<ResourceId, Node> nodes = new HashMap<>();
    /** The last OVSDB address of a switch: its tunnels are removed there once its node is removed. */
    private final Map<DatapathId, String> lastOvsdb = new HashMap<>();

    /**
     * Creates an instance without nodes.
     *
     * @param ours whether a switch belongs to this shard
     */
    DeclaredNodes(Predicate<DatapathId> ours) {
        this.ours = ours;
    }

    /** Applies the record of a node; null: it was deleted. Returns the previous record; null: there was none. */
    @Nullable Node put(ResourceId id, @Nullable Node node) {
        Node before = node == null ? nodes.remove(id) : nodes.put(id, node);
        if (node != null && node.spec().ovsdb() != null && ours.test(node.spec().datapathId())) {
            lastOvsdb.put(node.spec().datapathId(), node.spec().ovsdb());
        }
        return before;
    }

    /** Returns the declaration of a switch. */
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

    /** Returns the switches of this shard that a node declares, or once declared with an OVSDB. */
    Set<DatapathId> switches() {
        Set<DatapathId> declared = new HashSet<>(lastOvsdb.keySet());
        nodes.values().stream()
                .map(node -> node.spec().datapathId())
                .filter(ours)
                .forEach(declared::add);
        return declared;
    }
}
