package io.vlink.flow.messaging;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vlink.broker.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real broker for a test of the whole service. */
public final class Broker implements QuarkusTestResourceLifecycleManager {

    private @Nullable LocalBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            broker = LocalBroker.start(0, Files.createTempDirectory("vlink-flow-it"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }
}
