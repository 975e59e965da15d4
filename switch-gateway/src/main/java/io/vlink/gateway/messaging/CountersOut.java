package io.vlink.gateway.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.Owner;
import io.vlink.events.Topic;
import io.vlink.events.counters.RuleCounters;
import io.vlink.log.EventJson;
import io.vlink.log.LogConfig;
import io.vlink.log.Partitions;
import io.vlink.log.writing.Telemetry;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends counters as telemetry: each record on its own, without confirmation. While Kafka is away, some records wait and the
 * rest are dropped, as the next read supersedes them.
 */
final class CountersOut implements AutoCloseable {

    /** Maximum number of queued records. */
    static final int ROOM = Telemetry.WAITING;

    private static final int TOGETHER = 1_000;

    private final Telemetry telemetry;
    private final int partitions;

    CountersOut(LogConfig config) {
        this.telemetry = new Telemetry(config);
        this.partitions = config.partitions();
    }

    void put(List<RuleCounters> counters) {
        send(counters, one -> record(one.datapathId(), one.key(), EventJson.write(one)));
    }

    /** Deletes counters. */
    void delete(List<InSwitch> removed) {
        send(removed, this::tombstone);
    }

    /**
     * Deletes all of the counters, or none.
     *
     * @param written called when Kafka has acknowledged the last tombstone; not called if that is dropped. Must be short
     */
    void delete(List<InSwitch> removed, Runnable written) {
        telemetry.send(removed.stream().map(this::tombstone).toList(), written);
    }

    /** Sends in portions: the first leave while the last are still being serialised. */
    private <T> void send(List<T> things, Function<T, ProducerRecord<String, byte[]>> record) {
        for (int from = 0; from < things.size(); from += TOGETHER) {
            List<T> next = things.subList(from, Math.min(from + TOGETHER, things.size()));
            telemetry.send(next.stream().map(record).toList());
        }
    }

    /** Returns the key of the counters of a network in a switch. */
    static String key(DatapathId datapathId, Owner owner) {
        return datapathId + "/" + owner;
    }

    private ProducerRecord<String, byte[]> tombstone(InSwitch removed) {
        return record(removed.datapathId(), key(removed.datapathId(), removed.owner()), null);
    }

    private ProducerRecord<String, byte[]> record(DatapathId datapathId, String key, byte @Nullable [] value) {
        return new ProducerRecord<>(Topic.COUNTERS.topicName(), Partitions.of(datapathId, partitions), key, value);
    }

    @Override
    public void close() {
        telemetry.close();
    }
}
