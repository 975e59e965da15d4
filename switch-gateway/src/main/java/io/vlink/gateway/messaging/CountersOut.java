package io.vlink.gateway.messaging;

import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.counters.RuleCounters;
import io.vlink.log.EventJson;
import io.vlink.log.Partitions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counters are telemetry: sent and forgotten, each record by itself. While Kafka is away some wait, and the rest is
 * dropped: the next read tells more than those would.
 */
@Singleton
class CountersOut {

    private static final Logger LOG = Logger.getLogger(CountersOut.class);
    private static final int WAITING = 20_000;

    private final Emitter<Record<String, byte[]>> emitter;
    /** Where a record goes, by partition number. */
    private final List<Metadata> targets;

    CountersOut(
            @Channel("counters") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = WAITING)
                    Emitter<Record<String, byte[]>> emitter,
            GatewayConfig config) {
        this.emitter = emitter;
        this.targets = IntStream.range(0, config.log().partitions())
                .mapToObj(CountersOut::target)
                .toList();
    }

    private static Metadata target(int partition) {
        return Metadata.of(OutgoingKafkaRecordMetadata.<String>builder()
                .withPartition(partition)
                .build());
    }

    void put(RuleCounters counters) {
        send(counters.datapathId(), counters.key(), EventJson.write(counters));
    }

    void tombstone(DatapathId datapathId, Owner owner) {
        send(datapathId, key(datapathId, owner), null);
    }

    /**
     * Deletes counters.
     *
     * @param written called once Kafka has it, on a thread that is to be kept for a moment only; not at all where it is dropped
     */
    void tombstone(DatapathId datapathId, Owner owner, Runnable written) {
        send(datapathId, Message.of(Record.of(key(datapathId, owner), null), target(datapathId), () -> {
            written.run();
            return CompletableFuture.completedFuture(null);
        }));
    }

    /** What the counters of a network in a switch are written under. */
    static String key(DatapathId datapathId, Owner owner) {
        return datapathId + "/" + owner;
    }

    private Metadata target(DatapathId datapathId) {
        return targets.get(Partitions.of(datapathId, targets.size()));
    }

    private void send(DatapathId datapathId, String key, byte @Nullable [] value) {
        send(datapathId, Message.of(Record.of(key, value), target(datapathId)));
    }

    private void send(DatapathId datapathId, Message<Record<String, byte[]>> message) {
        try {
            emitter.send(message);
        } catch (IllegalStateException e) {
            LOG.debugf("Counters are dropped: %s datapathId=%s", e.getMessage(), datapathId);
        }
    }
}
