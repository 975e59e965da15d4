package io.vlink.operator.messaging;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vlink.events.requests.Answer;
import io.vlink.log.EventJson;
import io.vlink.log.Partitions;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.wish.Asked;
import io.vlink.operator.wish.OnBehalf;
import io.vlink.operator.wish.Wish;
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

/** Puts wishes on {@code vlink.requests}, and remembers the last one about each subject until it is forgotten. */
@Singleton
public final class Requests {

    private static final Logger LOG = Logger.getLogger(Requests.class);

    private final Emitter<byte[]> emitter;
    private final int partitions;
    private final Map<String, Asked> bySubject = new ConcurrentHashMap<>();
    private final Map<String, String> subjects = new ConcurrentHashMap<>();

    Requests(
            @Channel("requests") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 16384)
                    Emitter<byte[]> emitter,
            OperatorConfig config) {
        this.emitter = emitter;
        this.partitions = config.log().partitions();
    }

    /** Returns at once. What Kafka does not take is asked again by whoever misses the answer. */
    public void ask(Wish wish, OnBehalf of, Instant now) {
        put(wish, of, now);
    }

    private void put(Wish wish, @Nullable OnBehalf of, Instant now) {
        String requestId = "kubernetes-" + UUID.randomUUID();
        Asked before = bySubject.put(wish.subject(), new Asked(wish, requestId, now, null));
        if (before != null) {
            subjects.remove(before.requestId());
        }
        subjects.put(requestId, wish.subject());
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(wish.id())
                .withPartition(Partitions.of(wish.overlay(), partitions))
                .build();
        try {
            emitter.send(Message.of(
                    EventJson.write(wish.request(requestId, of)),
                    Metadata.of(metadata),
                    () -> CompletableFuture.completedFuture(null),
                    error -> {
                        LOG.warnf("Kafka did not take a request about %s: %s", wish.subject(), error.getMessage());
                        return CompletableFuture.completedFuture(null);
                    }));
        } catch (IllegalStateException e) { // more are waiting than the buffer holds
            LOG.warnf("Too many requests wait for Kafka; the one about %s is made again later.", wish.subject());
        }
    }

    /** The last wish about a subject since the start of this process. */
    public @Nullable Asked last(Wish about) {
        return bySubject.get(about.subject());
    }

    /** The subject is done with. */
    public void forget(Wish about) {
        Asked last = bySubject.remove(about.subject());
        if (last != null) {
            subjects.remove(last.requestId());
        }
    }

    /** Kafka's data is another: what was asked and answered before means nothing. */
    void forgetAll() {
        bySubject.clear();
        subjects.clear();
    }

    /** Returns the id of what the answer is about, if it was asked here. */
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
        Asked asked = bySubject.computeIfPresent(
                subject, (key, last) -> last.requestId().equals(requestId) ? last.answered(answer) : last);
        return asked == null ? null : asked.wish().id();
    }

    /** A network-api of the build before refuses a request that says who asks, while this one is rolled out beside it. */
    private static boolean knowsNobody(Answer answer) {
        return answer instanceof Answer.Refused refused
                && refused.violations().stream()
                        .anyMatch(violation -> violation.field().equals("$.requestedBy")
                                && violation.reason().equals("UnknownField"));
    }

    private void askAgain(String subject, Answer answer) {
        Asked last = bySubject.get(subject);
        if (last != null && last.requestId().equals(answer.requestId())) {
            put(last.wish(), null, last.at());
        }
    }
}
