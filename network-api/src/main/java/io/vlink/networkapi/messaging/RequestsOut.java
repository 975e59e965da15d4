package io.vlink.networkapi.messaging;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vlink.events.Topic;
import io.vlink.log.Forms;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over Kafka: to the instance that owns an overlay, to record something, or to path-service, for a dry
 * run.
 */
@Singleton
final class RequestsOut {

    private final Emitter<byte[]> requests;

    RequestsOut(
            @Channel("requests") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 8192)
                    Emitter<byte[]> requests) {
        this.requests = requests;
    }

    /** Writes a tombstone for a key. Completes once Kafka has it. */
    CompletableFuture<Void> tombstone(Topic topic, String key, int partition) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(topic.topicName())
                .withKey(key)
                .withPartition(partition)
                .build();
        byte @Nullable [] nothing = null;
        Message<byte[]> message = Message.of(
                nothing,
                Metadata.of(metadata),
                () -> {
                    taken.complete(null);
                    return CompletableFuture.completedFuture(null);
                },
                error -> {
                    taken.completeExceptionally(error);
                    return CompletableFuture.completedFuture(null);
                });
        try {
            requests.send(message);
        } catch (IllegalStateException e) { // more are waiting than the buffer holds
            taken.completeExceptionally(e);
        }
        return taken;
    }

    /**
     * Sends an event. Returns at once; {@code failed} is called if Kafka does not accept it.
     *
     * @param forms the forms to write it in
     */
    void send(Topic topic, String key, Object event, int partition, Forms forms, Consumer<Throwable> failed) {
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(topic.topicName())
                .withKey(key)
                .withPartition(partition)
                .withHeaders(new RecordHeaders(forms.headers(topic)))
                .build();
        Message<byte[]> message = Message.of(
                forms.write(topic, event),
                Metadata.of(metadata),
                () -> CompletableFuture.completedFuture(null),
                error -> {
                    failed.accept(error);
                    return CompletableFuture.completedFuture(null);
                });
        try {
            requests.send(message);
        } catch (IllegalStateException e) { // more are waiting than the buffer holds
            failed.accept(e);
        }
    }
}
