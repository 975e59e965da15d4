package io.vlink.operator.cluster;

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

/** An API server and a broker for tests of the running operator. */
public final class LocalCluster implements QuarkusTestResourceLifecycleManager {

    private @Nullable LocalBroker broker;
    private @Nullable Path directory;

    @Override
    public Map<String, String> start() {
        try {
            ApiServer api = ApiServer.shared();
            Path data = Files.createTempDirectory("operator-kafka");
            directory = data;
            LocalBroker started = LocalBroker.start(0, data);
            broker = started;
            System.setProperty("kubeconfig", api.kubeconfig().toString());
            return Map.of(
                    "kafka.bootstrap.servers", started.bootstrapServers(),
                    "vlink.operator.namespace", "default",
                    "vlink.operator.answer-deadline", "2S",
                    "vlink.operator.removal-deadline", "4S",
                    "vlink.operator.promise-deadline", "2S",
                    "vlink.operator.pool-rest", "1S",
                    "vlink.webhook.host", "127.0.0.1",
                    "vlink.webhook.port", "0",
                    "vlink.webhook.names", "127.0.0.1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        System.clearProperty("kubeconfig");
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
