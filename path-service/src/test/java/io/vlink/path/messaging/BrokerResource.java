package io.vlink.path.messaging;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vlink.broker.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs a real broker during a Quarkus test. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {

    private LocalBroker broker;

    @SuppressWarnings("NullAway.Init") // made in start()
    public BrokerResource() {}

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target"), "kafka");
            broker = LocalBroker.start(0, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    @Override
    public void stop() {
        broker.close();
    }
}
