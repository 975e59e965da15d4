package io.vlink.operator.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.switches.Switch;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The recorded nodes and links of all overlays, and the state of their switches and links. Thread-safe; only the
 * reader's thread adds records.
 */
public final class SeenTopology {

    private final Consumer<String> changed;
    private final Map<ResourceId, Node> nodes = new ConcurrentHashMap<>();
    private final Map<ResourceId, Link> links = new ConcurrentHashMap<>();
    /** Withdrawn, but still in use. */
    private final Set<ResourceId> nodesBeingRemoved = ConcurrentHashMap.newKeySet();

    private final Set<ResourceId> linksBeingRemoved = ConcurrentHashMap.newKeySet();
    private final Map<ResourceId, LinkState> linkStates = new ConcurrentHashMap<>();
    private final Map<DatapathId, Switch> switches = new ConcurrentHashMap<>();

    /**
     * Starts empty.
     *
     * @param changed called with the name of each overlay that a record was added for
     */
    SeenTopology(Consumer<String> changed) {
        this.changed = changed;
    }

    public @Nullable Node node(ResourceId id) {
        return nodes.get(id);
    }

    public Collection<Node> nodes(String overlay) {
        return nodes.values().stream()
                .filter(node -> node.id().overlay().equals(overlay))
                .toList();
    }

    public @Nullable Link link(ResourceId id) {
        return links.get(id);
    }

    /** Returns whether a node is withdrawn but still recorded because networks cross it. */
    public boolean isNodeBeingRemoved(ResourceId id) {
        return nodesBeingRemoved.contains(id);
    }

    public boolean isLinkBeingRemoved(ResourceId id) {
        return linksBeingRemoved.contains(id);
    }

    public @Nullable LinkState linkState(ResourceId id) {
        return linkStates.get(id);
    }

    public @Nullable Switch switchSeen(DatapathId id) {
        return switches.get(id);
    }

    void take(ResourceId id, @Nullable Node node) {
        beingRemoved(nodesBeingRemoved, id, node != null && node.withdrawn());
        put(nodes, id, node == null || node.withdrawn() ? null : node);
        changed.accept(id.overlay());
    }

    void take(ResourceId id, @Nullable Link link) {
        beingRemoved(linksBeingRemoved, id, link != null && link.withdrawn());
        put(links, id, link == null || link.withdrawn() ? null : link);
        changed.accept(id.overlay());
    }

    void take(ResourceId id, @Nullable LinkState state) {
        put(linkStates, id, state);
        changed.accept(id.overlay());
    }

    void take(DatapathId id, @Nullable Switch seen) {
        put(switches, id, seen);
        nodes.values().stream()
                .filter(node -> node.spec().datapathId().equals(id))
                .map(node -> node.id().overlay())
                .distinct()
                .forEach(changed);
    }

    /** Clears everything: the topics are read again. */
    void clear() {
        nodes.clear();
        links.clear();
        nodesBeingRemoved.clear();
        linksBeingRemoved.clear();
        linkStates.clear();
        switches.clear();
    }

    private static void beingRemoved(Set<ResourceId> all, ResourceId id, boolean isBeingRemoved) {
        if (isBeingRemoved) {
            all.add(id);
        } else {
            all.remove(id);
        }
    }

    private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }
}
