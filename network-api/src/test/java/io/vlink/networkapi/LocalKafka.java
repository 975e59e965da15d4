package io.vlink.networkapi;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vlink.broker.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real broker for the tests of the service. */
public final class LocalKafka implements QuarkusTestResourceLifecycleManager {

    private @Nullable LocalBroker broker;
    private @Nullable Path directory;

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("network-api-kafka");
            directory = data;
            LocalBroker started = LocalBroker.start(0, data);
            broker = started;
            return Map.of("kafka.bootstrap.servers", started.bootstrapServers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
