package io.vlink.networkapi.services;

import io.vlink.events.Topic;
import io.vlink.events.services.ServiceInstance;
import io.vlink.log.EventJson;
import io.vlink.networkapi.KafkaUser;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Plays the presence reports of other services, each until it is silenced. */
final class PlayedServices implements AutoCloseable {

    private static final long EVERY_MS = 300;
    private static final int PARTITIONS = 8;

    private final Set<String> there = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> beating;
    private final Instant startedAt = Instant.now();
    private long number;
    private volatile @Nullable String doubt;

    PlayedServices(KafkaUser kafka, String... services) {
        there.addAll(List.of(services));
        beating = executor.scheduleAtFixedRate(
                () -> there.forEach(service -> beat(kafka, service)), 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void beat(KafkaUser kafka, String service) {
        var said = new ServiceInstance(
                service,
                "played",
                startedAt,
                ++number,
                ServiceInstance.State.PRESENT,
                null,
                IntStream.range(0, PARTITIONS).boxed().toList(),
                null,
                null,
                service.equals("switch-gateway") ? doubt : null,
                null,
                null);
        RecordMetadata unused = kafka.produce(Topic.SERVICES, 0, said.key(), EventJson.write(said));
    }

    /** Sets the doubt about Kafka's data that switch-gateway reports from now on; null: none. */
    void doubt(@Nullable String words) {
        doubt = words;
    }

    void silence(String service) {
        there.remove(service);
    }

    void speak(String service) {
        there.add(service);
    }

    @Override
    public void close() {
        beating.cancel(false);
        executor.close();
    }
}
