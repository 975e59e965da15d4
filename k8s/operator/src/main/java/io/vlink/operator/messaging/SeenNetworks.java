package io.vlink.operator.messaging;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.networks.Network;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.NetworkStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The recorded networks, the decisions about them, and their statuses. Thread-safe; only the reader's thread adds
 * records.
 */
public final class SeenNetworks {

    private final Consumer<NetworkId> changed;
    private final Map<NetworkId, SeenNetwork> networks = new ConcurrentHashMap<>();
    private final Map<NetworkId, PathDecision> decisions = new ConcurrentHashMap<>();
    private final Map<NetworkId, NetworkStatus> statuses = new ConcurrentHashMap<>();
    private final Map<NetworkId, Map<AttachmentId, Attachment>> attachments = new ConcurrentHashMap<>();

    /**
     * A network as read from Kafka.
     *
     * @param generation the highest generation seen, including that of a deleted record
     * @param record null once the record is gone
     */
    public record SeenNetwork(long generation, @Nullable Network record) {}

    /**
     * Starts empty.
     *
     * @param changed called with the id of each network that a record was added for
     */
    SeenNetworks(Consumer<NetworkId> changed) {
        this.changed = changed;
    }

    public @Nullable SeenNetwork network(NetworkId id) {
        return networks.get(id);
    }

    /** Returns the ids of all networks of which a record was seen, including deleted records. */
    Set<NetworkId> ids() {
        return networks.keySet();
    }

    public @Nullable PathDecision decision(NetworkId id) {
        return decisions.get(id);
    }

    /** Returns the decisions about all networks of an overlay. Scans all decisions; for rare use. */
    public List<PathDecision> decisions(String overlay) {
        return decisions.values().stream()
                .filter(decision -> decision.id().overlay().equals(overlay))
                .toList();
    }

    public @Nullable NetworkStatus status(NetworkId id) {
        return statuses.get(id);
    }

    public Collection<Attachment> attachments(NetworkId id) {
        return List.copyOf(attachments.getOrDefault(id, Map.of()).values());
    }

    /** Returns whether the decision about a network covers exactly the recorded attachments. */
    public boolean attachmentsDecided(NetworkId id) {
        PathDecision decision = decisions.get(id);
        Set<String> recorded = attachments(id).stream()
                .map(attachment ->
                        attachment.id().id() + " at " + attachment.spec().node())
                .collect(Collectors.toSet());
        return decision != null
                && recorded.equals(decision.attachments().stream()
                        .map(state -> state.attachment() + " at " + state.node())
                        .collect(Collectors.toSet()));
    }

    void take(NetworkId id, @Nullable Network record) {
        networks.compute(
                id,
                (key, before) -> new SeenNetwork(
                        Math.max(before == null ? 0 : before.generation(), record == null ? 0 : record.generation()),
                        record));
        changed.accept(id);
    }

    void take(NetworkId id, @Nullable PathDecision decision) {
        put(decisions, id, decision);
        changed.accept(id);
    }

    /** Adds a status, unless a later one is known. */
    void take(NetworkId id, @Nullable NetworkStatus status) {
        NetworkStatus before = statuses.get(id);
        if (status == null || before == null || !status.isOlderThan(before)) {
            put(statuses, id, status);
            changed.accept(id);
        }
    }

    void take(AttachmentId id, @Nullable Attachment record) {
        put(
                attachments.computeIfAbsent(id.network(), network -> new ConcurrentHashMap<>()),
                id,
                record == null || record.withdrawn() ? null : record);
        changed.accept(id.network());
    }

    /** Clears everything: the topics are read again. */
    void clear() {
        networks.clear();
        decisions.clear();
        statuses.clear();
        attachments.clear();
    }

    private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }
}
