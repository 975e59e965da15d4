package io.vlink.networkapi.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.links.Link;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.requests.Answer;
import io.vlink.events.requests.Request;
import io.vlink.log.Entry;
import io.vlink.log.Inbox;
import io.vlink.log.Outbox;
import io.vlink.log.Partitions;
import io.vlink.log.Shard;
import io.vlink.networkapi.recorder.RecordWrite;
import io.vlink.networkapi.recorder.Recorder;
import io.vlink.networkapi.recorder.Verdict;
import io.vlink.networkapi.usage.Claims;
import io.vlink.networkapi.usage.Thing;
import io.vlink.networkapi.usage.Usage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The recorder of one partition, on the log's thread. Requests come in from Kafka and from REST. Their changes go out
 * in one transaction with the answers and the offsets of those that came from Kafka. A turn is bounded by a
 * {@link TurnLimit}; what it leaves waits for the next one, which follows at once.
 */
final class RecorderShard implements Shard {

    private static final Logger LOG = Logger.getLogger(RecorderShard.class);

    private final Recorder recorder;
    private final int partition;
    private final int partitions;
    private final Supplier<List<PathDecision>> decisions;
    private final BooleanSupplier inDoubt;
    private final Consumer<RecorderShard> begun;
    private final RequestIntake intake;
    private final Inbox inbox = new Inbox();
    private final Deque<Produced> produced = new ArrayDeque<>();
    private final AwaitedSwitches awaited;
    private final AskedWrites asked;
    /** Switches that requests from Kafka need, and that may not be claimed yet. */
    private final Set<Thing.OfSwitch> unclaimed = new HashSet<>();

    private final List<RecordWrite> owed = new ArrayList<>();
    private final TurnLimit limit;
    private boolean loaded;

    /**
     * A request from Kafka.
     *
     * @param of the switch that must be claimed before it is decided; null: none
     */
    private record Produced(RequestIntake.Taken taken, Thing.@Nullable OfSwitch of) {}

    /**
     * Makes the shard of a partition number.
     *
     * @param decisions all decisions that the view shows now, of all partitions
     * @param usage the nodes and links that they use
     * @param claims which overlays claim which switches
     * @param inDoubt whether a gateway doubts Kafka's data; requests from Kafka wait until none does
     * @param begun called once this shard has begun; it must call {@link #usageIsKnown} when the view shows all that
     *     Kafka contained by then
     * @param limit bounds each turn: once for requests by REST, once for those from Kafka
     */
    RecorderShard(
            int partition,
            int partitions,
            Supplier<List<PathDecision>> decisions,
            Usage usage,
            Claims claims,
            BooleanSupplier inDoubt,
            Consumer<RecorderShard> begun,
            TurnLimit limit) {
        this.recorder = new Recorder(usage, claims, overlay -> Partitions.of(overlay, partitions) == partition);
        this.inDoubt = inDoubt;
        this.begun = begun;
        this.limit = limit;
        this.partition = partition;
        this.partitions = partitions;
        this.decisions = decisions;
        this.intake = new RequestIntake(partition, partitions);
        this.awaited = new AwaitedSwitches(recorder::awaitedNoMore);
        this.asked = new AskedWrites(recorder::isReady, awaited);
        inbox.onEntry(Request.TOPIC, entry -> arrived(RequestIntake.read(entry)));
        loads(Node.TOPIC, recorder::load);
        loads(Link.TOPIC, recorder::load);
        loads(Network.TOPIC, recorder::load);
        loads(Attachment.TOPIC, recorder::load);
    }

    int partition() {
        return partition;
    }

    void ask(PendingWrite request) {
        asked.add(request);
    }

    private void arrived(RequestIntake.Taken taken) {
        Request request = intake.request(taken);
        Thing.OfSwitch of = request == null ? null : Recorder.claimedFor(request);
        produced.add(new Produced(taken, of));
        if (of != null) {
            awaited.add(of);
            unclaimed.add(of);
        }
    }

    /**
     * Takes path-service's decision about a network of this partition; null: path-service has deleted it.
     */
    void decided(NetworkId id, @Nullable PathDecision decision) {
        if (decision == null) {
            recorder.decisionDeleted(id);
        } else {
            recorder.load(decision);
            owed.addAll(recorder.settle(id));
        }
        owed.addAll(recorder.settleTopology());
    }

    void claimRead(String overlay, DatapathId datapathId) {
        recorder.claimRead(overlay, datapathId);
        Thing.OfSwitch of = new Thing.OfSwitch(overlay, datapathId);
        asked.release(of);
        if (awaited.contains(of)) { // after a tombstone it must be claimed again
            unclaimed.add(of);
        }
    }

    void usageIsKnown() {
        owed.addAll(recorder.usageIsKnown());
        asked.releaseAll();
        unclaimed.addAll(awaited.all());
    }

    @Override
    public Set<Topic> topics() {
        return inbox.topics();
    }

    @Override
    public void on(Entry entry) {
        recorder.seen(entry.topic(), entry.offset());
        inbox.take(
                entry,
                (refused, reason) -> LOG.warnf(
                        "Ignored: %s (topic=%s, partition=%d, offset=%d)",
                        reason, refused.topic(), refused.partition(), refused.offset()));
    }

    /** Reads a topic until loaded. After that only this recorder writes to it, and knows what it wrote. */
    private <K, V> void loads(TypedTopic<K, V> topic, Consumer<V> recorded) {
        inbox.onKey(topic, (key, entry) -> {
            V value = loaded ? null : Inbox.value(topic, key, entry);
            if (value != null) {
                recorded.accept(value);
            } else if (!loaded) {
                recorder.drop(topic.topic(), String.valueOf(entry.key()));
            }
        });
    }

    @Override
    public void endsAt(Topic topic, long offset) {
        recorder.endsAt(topic, offset);
    }

    @Override
    public void loaded() {
        loaded = true;
        // Decisions that the view does not show yet arrive by decided().
        decisions.get().stream()
                .filter(decision -> Partitions.of(decision.id().overlay(), partitions) == partition)
                .forEach(recorder::load);
        owed.addAll(recorder.settle());
        begun.accept(this);
    }

    @Override
    public @Nullable Instant act(Outbox out, Instant now) {
        owed.forEach(change -> write(out, change));
        owed.clear();
        takeAsked(out, now);
        boolean more = takeProduced(out, now) || !asked.isIdle();
        List<RecordWrite> claims = recorder.settleClaims(now, awaited::contains);
        if (!claims.isEmpty()) {
            claims.forEach(change -> write(out, change));
            out.commitAtOnce(); // they are in other partitions than this one
        }
        return more ? now : null;
    }

    private void takeAsked(Outbox out, Instant now) {
        TurnLimit.Turn turn = limit.begin();
        while (!turn.isOver()) {
            PendingWrite one = asked.next();
            if (one == null) {
                return;
            }
            if (one.begin()) { // else the caller already had its answer: it took too long
                turn.decides();
                Answer answer = answer(out, one, now);
                out.onWritten(() -> one.answer().complete(answer));
                out.onFailed(error -> one.answer().completeExceptionally(error));
            }
        }
    }

    /**
     * Takes requests from Kafka in order. If one has to wait, those behind it wait too, but the claims that they need
     * are made at once.
     *
     * @return whether one remains that could be decided now
     */
    private boolean takeProduced(Outbox out, Instant now) {
        if (!produced.isEmpty() && inDoubt.getAsBoolean()) {
            return false;
        }
        TurnLimit.Turn turn = limit.begin();
        while (!produced.isEmpty() && !turn.isOver()) {
            Thing.OfSwitch of = produced.getFirst().of();
            if (of != null && !recorder.isClaimed(of)) {
                unclaimed.forEach(recorder::isClaimed);
                unclaimed.clear();
                return false;
            }
            turn.decides();
            awaited.remove(of);
            intake.take(produced.removeFirst().taken(), out, now, request -> decide(out, request, now));
        }
        if (produced.isEmpty()) {
            unclaimed.clear();
        }
        return !produced.isEmpty();
    }

    @Override
    public long undecidedFrom() {
        return produced.isEmpty()
                ? Long.MAX_VALUE
                : produced.getFirst().taken().entry().offset();
    }

    private Answer answer(Outbox out, PendingWrite one, Instant now) {
        Request request = one.request();
        return RequestIntake.answer(request, request.requestId(), null, decide(out, request, now));
    }

    private Verdict decide(Outbox out, Request request, Instant now) {
        Verdict verdict = recorder.on(request, now);
        if (verdict instanceof Verdict.Granted granted) {
            granted.changes().forEach(change -> write(out, change));
            if (granted.changed()) {
                LOG.debugf(
                        "%s: subject=%s generation=%d",
                        request.getClass().getSimpleName(), request.subject(), granted.generation());
            }
        }
        return verdict;
    }

    private static void write(Outbox out, RecordWrite change) {
        Record record = change.record();
        if (change.topic() == Topic.CLAIMS) {
            DatapathId datapathId =
                    DatapathId.of(change.key().substring(0, change.key().indexOf('/')));
            if (record == null) {
                out.tombstone(change.topic(), datapathId, change.key());
            } else {
                out.put(change.topic(), datapathId, change.key(), record);
            }
        } else if (record == null) {
            out.tombstone(change.topic(), change.overlay(), change.key());
        } else {
            out.put(change.topic(), change.overlay(), change.key(), record);
        }
    }

    @Override
    public void closed() {
        asked.drainTo(PendingWrite::refuse);
    }
}
