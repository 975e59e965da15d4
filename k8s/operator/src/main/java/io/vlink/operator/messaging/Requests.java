package io.vlink.operator.messaging;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vlink.events.requests.Answer;
import io.vlink.log.EventJson;
import io.vlink.log.Partitions;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.request.OnBehalf;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends requests to {@code vlink.requests} and remembers the last one about each subject until {@link #drop}. */
@Singleton
public final class Requests {

    private static final Logger LOG = Logger.getLogger(Requests.class);

    private final Emitter<byte[]> emitter;
    private final int partitions;
    private final Map<String, PendingRequest> bySubject = new ConcurrentHashMap<>();
    private final Map<String, String> subjects = new ConcurrentHashMap<>();

    Requests(
            @Channel("requests") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 16384)
                    Emitter<byte[]> emitter,
            OperatorConfig config) {
        this.emitter = emitter;
        this.partitions = config.log().partitions();
    }

    /**
     * Sends a request; does not wait for Kafka. If Kafka does not take it, the reconciler that misses the answer asks
     * again.
     */
    public void ask(OperatorRequest request, OnBehalf of, Instant now) {
        put(request, of, now);
    }

    private void put(OperatorRequest request, @Nullable OnBehalf of, Instant now) {
        String requestId = "kubernetes-" + UUID.randomUUID();
        PendingRequest before = bySubject.put(request.subject(), new PendingRequest(request, requestId, now, null));
        if (before != null) {
            subjects.remove(before.requestId());
        }
        subjects.put(requestId, request.subject());
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(request.id())
                .withPartition(Partitions.of(request.overlay(), partitions))
                .build();
        try {
            emitter.send(Message.of(
                    EventJson.write(request.request(requestId, of)),
                    Metadata.of(metadata),
                    () -> CompletableFuture.completedFuture(null),
                    error -> {
                        LOG.warnf("Kafka did not take the request about %s: %s", request.subject(), error.getMessage());
                        return CompletableFuture.completedFuture(null);
                    }));
        } catch (IllegalStateException e) { // the buffer is full
            LOG.warnf(
                    "Too many requests are waiting for Kafka; the one about %s is sent again later.",
                    request.subject());
        }
    }

    /** Returns the last request about a subject since this process started. */
    public @Nullable PendingRequest last(OperatorRequest about) {
        return bySubject.get(about.subject());
    }

    /** Drops the last request about a subject. */
    public void drop(OperatorRequest about) {
        PendingRequest last = bySubject.remove(about.subject());
        if (last != null) {
            subjects.remove(last.requestId());
        }
    }

    /** Drops all requests and answers: Kafka's data was replaced. */
    void clear() {
        bySubject.clear();
        subjects.clear();
    }

    /** Stores an answer and returns the id that it is about; null if this process did not send the request. */
    @Nullable String answered(Answer answer) {
        String requestId = answer.requestId();
        String subject = requestId == null ? null : subjects.remove(requestId);
        if (subject == null) {
            return null;
        }
        if (knowsNobody(answer)) {
            askAgain(subject, answer);
            return null;
        }
        PendingRequest asked = bySubject.computeIfPresent(
                subject, (key, last) -> last.requestId().equals(requestId) ? last.answered(answer) : last);
        return asked == null ? null : asked.request().id();
    }

    /** During an upgrade, a network-api of the previous build refuses a request with {@code requestedBy}. */
    private static boolean knowsNobody(Answer answer) {
        return answer instanceof Answer.Refused refused
                && refused.violations().stream()
                        .anyMatch(violation -> violation.field().equals("$.requestedBy")
                                && violation.reason().equals("UnknownField"));
    }

    private void askAgain(String subject, Answer answer) {
        PendingRequest last = bySubject.get(subject);
        if (last != null && last.requestId().equals(answer.requestId())) {
            put(last.request(), null, last.at());
        }
    }
}
