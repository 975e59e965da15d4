package io.vlink.path.topology;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.nodes.Node;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The overlay that owns each switch: that of the node that declared it first, even while that node is being removed.
 * Two overlays on one switch would both allocate its meters and labels.
 */
public final class SwitchOwners {

    private static final Comparator<Node> FIRST_DECLARED = Comparator.comparing(Node::createdAt)
            .thenComparing(node -> node.id().toString());

    private final Map<ResourceId, Node> nodes = new HashMap<>();
    private final Map<DatapathId, TreeSet<Node>> bySwitch = new HashMap<>();

    /**
     * Takes in a node of any overlay; null: its record is gone.
     *
     * @return the switches that belong to another overlay than before
     */
    public Set<DatapathId> put(ResourceId id, @Nullable Node node) {
        Node held = nodes.get(id);
        if (held != null && node != null && held.generation() > node.generation()) {
            return Set.of();
        }
        DatapathId before = held == null ? null : held.spec().datapathId();
        DatapathId after = node == null ? null : node.spec().datapathId();
        String beforeOwner = before == null ? null : owner(before);
        String afterOwner = after == null ? null : owner(after);
        if (held != null && before != null) {
            nodes.remove(id);
            TreeSet<Node> sharing = bySwitch.get(before);
            if (sharing != null && sharing.remove(held) && sharing.isEmpty()) {
                bySwitch.remove(before);
            }
        }
        if (node != null && after != null) {
            nodes.put(id, node);
            bySwitch.computeIfAbsent(after, d -> new TreeSet<>(FIRST_DECLARED)).add(node);
        }
        Set<DatapathId> changed = new LinkedHashSet<>();
        if (before != null && !Objects.equals(beforeOwner, owner(before))) {
            changed.add(before);
        }
        if (after != null && !Objects.equals(afterOwner, owner(after))) {
            changed.add(after);
        }
        return changed;
    }

    /** Returns whether a node may use its switch: no other overlay owns it. */
    public boolean mayUse(Node node) {
        String owner = owner(node.spec().datapathId());
        return owner == null || owner.equals(node.id().overlay());
    }

    private @Nullable String owner(DatapathId datapathId) {
        TreeSet<Node> sharing = bySwitch.get(datapathId);
        return sharing == null ? null : sharing.first().id().overlay();
    }
}
