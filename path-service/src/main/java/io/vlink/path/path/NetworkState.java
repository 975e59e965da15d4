package io.vlink.path.path;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Retiring;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is known of one network: what was declared, what was heard, and what was decided last. */
final class NetworkState {

    /** The order in which networks get what is scarce. */
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
    private @Nullable Removals removals;
    private @Nullable PathDecision decision;
    private long step;
    /** For each retiring circuit, the decision in which it began to retire, or a later one where that is not known. */
    private final Map<Long, Revision> retiringFrom = new HashMap<>();

    private final Map<AttachmentId, Attachment> attachments = new HashMap<>();
    private List<Attachment> live = List.of();
    private Footprint footprint = Footprint.NOTHING;
    private @Nullable Draft draft;
    private boolean retry;
    private boolean orphan;
    private @Nullable Instant orphanUntil;

    NetworkState(NetworkId id) {
        this.id = id;
        this.key = id.toString();
    }

    /** The same, to try something out on; what is done to it touches nothing else. */
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

    /** Absent: never recorded, or its tombstone was seen. */
    @Nullable Network network() {
        return network;
    }

    /** Takes the record in; false: it is older than the one that is known, or the same. */
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

    /** What it asks for now; absent: it is not declared, or withdrawn. */
    @Nullable Demands demands() {
        return demands;
    }

    /** What a record of it asks for, also where that is withdrawn. */
    Demands demandsOf(Network declared) {
        Demands known = demands;
        return known != null && network != null && network.generation() == declared.generation()
                ? known
                : Demands.of(declared.spec());
    }

    /** Takes in what the user might declare next. */
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

    /** Takes in an attachment that the user might declare next. */
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

    void forgetNetwork() {
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

    /** Attachments that are not withdrawn, first come first. */
    List<Attachment> attachments() {
        return live;
    }

    boolean put(Removals next) {
        if (removals != null && next.isOlderThan(removals)) {
            return false;
        }
        removals = next;
        return true;
    }

    /** The last decision; absent: none was made, or its tombstone was written. */
    @Nullable PathDecision decision() {
        return decision;
    }

    /** All that holds something, as of the last decision: what is current, and what retires. */
    List<Circuit> circuits() {
        return decision == null ? List.of() : decision.circuits();
    }

    /** Makes a decision the last one. */
    void decided(PathDecision next) {
        decision = next;
        step = Math.max(step, next.revision().step());
        retiringFrom.keySet().removeIf(number -> next.retiring().stream()
                .noneMatch(leaving -> leaving.circuit().number() == number));
        next.retiring()
                .forEach(leaving -> retiringFrom.putIfAbsent(leaving.circuit().number(), next.revision()));
    }

    void forgetDecision() {
        decision = null;
        retiringFrom.clear();
    }

    long nextStep() {
        return step + 1;
    }

    /** Whether every switch confirmed that a retiring circuit is gone. News from before it retired never says so. */
    boolean isConfirmedGone(Retiring leaving) {
        long number = leaving.circuit().number();
        Revision since = retiringFrom.get(number);
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
     * Whether Kafka held a decision of it, but no record, when all was loaded: the topic of networks was lost, and what Kafka holds
     * now may be the truth.
     */
    boolean isOrphan() {
        return orphan;
    }

    void orphan(boolean now) {
        orphan = now;
    }

    /** From when on it goes, if it is an orphan still; absent: not decided. */
    @Nullable Instant orphanUntil() {
        return orphanUntil;
    }

    void orphanUntil(Instant at) {
        orphanUntil = at;
    }

    /** The draft that is being made, or a new one. */
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

    /** Whether something changed that may give it a path that it could not have before. */
    boolean retries() {
        return retry;
    }

    void retry(boolean wanted) {
        retry = wanted;
    }

    /** Nothing is recorded and nothing is decided. */
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
