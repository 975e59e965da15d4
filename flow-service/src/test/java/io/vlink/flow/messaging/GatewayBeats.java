package io.vlink.flow.messaging;

import io.vlink.events.Topic;
import io.vlink.events.services.ServiceInstance;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Reports a gateway that serves everything, until closed. */
final class GatewayBeats implements AutoCloseable {

    private static final long EVERY_MS = 300;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> beating;
    private final Instant startedAt = Instant.now();
    private long number;

    GatewayBeats(KafkaDesk desk, int partitions) {
        beating = executor.scheduleAtFixedRate(() -> beat(desk, partitions), 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void beat(KafkaDesk desk, int partitions) {
        var said = new ServiceInstance(
                "switch-gateway",
                "played",
                startedAt,
                ++number,
                ServiceInstance.State.PRESENT,
                null,
                IntStream.range(0, partitions).boxed().toList());
        desk.write(Topic.SERVICES, 0, said.key(), said);
    }

    @Override
    public void close() {
        beating.cancel(false);
        executor.close();
    }
}
