package io.vlink.path.decision;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.links.Link;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.planning.Demands;
import io.vlink.path.planning.Obstacle;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything known of one network: its declaration, the confirmations received, and its last decision. */
final class NetworkState {

    /** The order in which networks get scarce resources. */
    static final Comparator<NetworkState> FIRST_COME = (one, other) -> {
        int byTime = one.createdAt().compareTo(other.createdAt());
        return byTime != 0 ? byTime : one.key().compareTo(other.key());
    };

    private static final Comparator<Attachment> FIRST_ATTACHED =
            Comparator.comparing(Attachment::createdAt).thenComparing(a -> a.id().id());

    private final NetworkId id;
    private final String key;
    private @Nullable Network network;
    private @Nullable Demands demands;
    private @Nullable RemovedCircuits removals;
    private @Nullable PathDecision decision;
    private long step;
    /** For each circuit being removed, the decision in which its removal began, or a later one if that is unknown. */
    private final Map<Long, Revision> removingFrom = new HashMap<>();

    private final Map<AttachmentId, Attachment> attachments = new HashMap<>();
    private List<Attachment> live = List.of();
    private Footprint footprint = Footprint.NOTHING;
    private @Nullable Draft draft;
    private boolean retry;
    private final Set<Link> retriedFor = new LinkedHashSet<>();
    private List<Obstacle> obstacles = List.of();
    private boolean orphan;
    private @Nullable Instant orphanUntil;

    NetworkState(NetworkId id) {
        this.id = id;
        this.key = id.toString();
    }

    /** Returns a copy to experiment with; changes to it affect nothing else. */
    NetworkState copy() {
        NetworkState copy = new NetworkState(id);
        copy.network(network);
        copy.removals = removals;
        if (decision != null) {
            copy.decided(decision);
        }
        copy.attachments.putAll(attachments);
        copy.sortAttachments();
        copy.footprint = footprint;
        return copy;
    }

    NetworkId id() {
        return id;
    }

    String key() {
        return key;
    }

    Instant createdAt() {
        return network == null ? Instant.MAX : network.createdAt();
    }

    /** Returns the network's record; absent: there was none, or its tombstone was read. */
    @Nullable Network network() {
        return network;
    }

    /** Takes a record in; false: it is not newer than the known one. */
    boolean put(Network next) {
        if (network != null && next.generation() <= network.generation()) {
            return false;
        }
        network(next);
        return true;
    }

    private void network(@Nullable Network next) {
        network = next;
        demands = next == null || next.withdrawn() ? null : Demands.of(next.spec());
    }

    /** Returns the present demands; absent: the network is not declared, or is being removed. */
    @Nullable Demands demands() {
        return demands;
    }

    /** Returns the demands of a record, even if the network is being removed. */
    Demands demandsOf(Network declared) {
        Demands known = demands;
        return known != null && network != null && network.generation() == declared.generation()
                ? known
                : Demands.of(declared.spec());
    }

    /** Takes in a possible next declaration of the network, for a dry run. */
    Network declareNext(NetworkSpec spec, Instant now) {
        boolean standing = network != null && !network.withdrawn();
        long decided = decision == null ? 0 : decision.revision().generation();
        Network next = new Network(
                id,
                Math.max(network == null ? 0 : network.generation(), decided) + 1,
                false,
                standing && network != null ? network.createdAt() : now,
                spec);
        network(next);
        return next;
    }

    /** Takes in a possible next declaration of an attachment, for a dry run. */
    void attachNext(AttachmentId attachment, AttachmentSpec spec, Instant now) {
        Attachment held = attachments.get(attachment);
        Attachment next = new Attachment(
                attachment,
                held == null ? 1 : held.generation() + 1,
                false,
                held == null || held.withdrawn() ? now : held.createdAt(),
                spec);
        attachments.put(attachment, next);
        sortAttachments();
    }

    void dropNetwork() {
        network(null);
    }

    boolean put(Attachment next) {
        Attachment held = attachments.get(next.id());
        if (held != null && held.generation() >= next.generation()) {
            return false;
        }
        attachments.put(next.id(), next);
        sortAttachments();
        return true;
    }

    boolean removeAttachment(AttachmentId attachment) {
        boolean removed = attachments.remove(attachment) != null;
        sortAttachments();
        return removed;
    }

    /** Returns the attachments that are not being removed, oldest first. */
    List<Attachment> attachments() {
        return live;
    }

    boolean put(RemovedCircuits next) {
        if (removals != null && next.isOlderThan(removals)) {
            return false;
        }
        removals = next;
        return true;
    }

    /** Returns the last decision; absent: there was none, or its tombstone was written. */
    @Nullable PathDecision decision() {
        return decision;
    }

    /** Returns all circuits that hold resources as of the last decision: the current one and those being removed. */
    List<Circuit> circuits() {
        return decision == null ? List.of() : decision.circuits();
    }

    /** Stores the last decision. */
    void decided(PathDecision next) {
        decision = next;
        step = Math.max(step, next.revision().step());
        removingFrom.keySet().removeIf(number -> next.retiring().stream()
                .noneMatch(removal -> removal.circuit().number() == number));
        next.retiring()
                .forEach(removal -> removingFrom.putIfAbsent(removal.circuit().number(), next.revision()));
    }

    void dropDecision() {
        decision = null;
        removingFrom.clear();
    }

    long nextStep() {
        return step + 1;
    }

    /** Returns whether every switch confirmed the removal of a circuit. Reports from before the removal began do not count. */
    boolean isConfirmedRemoved(CircuitRemoval removal) {
        long number = removal.circuit().number();
        Revision since = removingFrom.get(number);
        return removals != null
                && since != null
                && removals.revision().compareTo(since) >= 0
                && removals.removedCircuits().contains(number);
    }

    Footprint footprint() {
        return footprint;
    }

    void footprint(Footprint next) {
        footprint = next;
    }

    /**
     * Returns whether Kafka held a decision about the network, but no record of it, after loading: the topic of networks may have been
     * lost, or Kafka's present data may be right.
     */
    boolean isOrphan() {
        return orphan;
    }

    void orphan(boolean now) {
        orphan = now;
    }

    /** Returns when the network is removed if it is still an orphan then; absent: not decided. */
    @Nullable Instant orphanUntil() {
        return orphanUntil;
    }

    void orphanUntil(Instant at) {
        orphanUntil = at;
    }

    /** Returns the open draft, or a new one. */
    Draft draft() {
        Draft open = draft;
        if (open == null) {
            open = new Draft(decision);
            draft = open;
        }
        return open;
    }

    void closeDraft() {
        draft = null;
    }

    /** Returns whether a change may give the network a path that it could not have before. */
    boolean retries() {
        return retry;
    }

    void retry(boolean wanted) {
        retry = wanted;
    }

    /** Returns the links that may give the network a path that it could not have before. */
    Set<Link> retriedFor() {
        return retriedFor;
    }

    void retryFor(Link link) {
        retriedFor.add(link);
    }

    /** Forgets why the network was to be retried. */
    void retried() {
        retry = false;
        retriedFor.clear();
    }

    /** Returns what kept the last search from finding paths; empty: they were found, or something else is in the way, too. */
    List<Obstacle> obstacles() {
        return obstacles;
    }

    void obstacles(List<Obstacle> found) {
        obstacles = found;
    }

    /** Returns whether there is neither a record nor a decision. */
    boolean isEmpty() {
        return network == null && decision == null && attachments.isEmpty();
    }

    private void sortAttachments() {
        live = attachments.values().stream()
                .filter(attachment -> !attachment.withdrawn())
                .sorted(FIRST_ATTACHED)
                .toList();
    }
}
