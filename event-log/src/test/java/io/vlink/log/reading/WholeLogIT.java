package io.vlink.log.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.LogsOnABroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole topics on a real broker. */
class WholeLogIT {

    private static final int PARTITIONS = 4;

    @TempDir
    private Path directory;

    private LogsOnABroker logs;

    @SuppressWarnings("NullAway.Init")
    WholeLogIT() {}

    @BeforeEach
    void startBroker() {
        logs = new LogsOnABroker(directory, PARTITIONS);
    }

    @AfterEach
    void stopAll() throws Exception {
        logs.close();
    }

    @Test
    void repeatsABatchOfWholeTopicsAfterTheReaderFailed() {
        // Given
        List<String> seen = new CopyOnWriteArrayList<>();
        AtomicBoolean fails = new AtomicBoolean(true);
        WholeLog whole = new WholeLog(
                logs.config("w", false).build(),
                new WholeLog.WholeLogReader() {
                    @Override
                    public Set<Topic> topics() {
                        return Set.of(Topic.PORTS);
                    }

                    @Override
                    public void on(List<Entry> batch) {
                        if (fails.getAndSet(false)) {
                            throw new IllegalStateException("It was told to fail.");
                        }
                        batch.forEach(entry -> seen.add(String.valueOf(entry.key())));
                    }

                    @Override
                    public void loaded() {
                        // nothing to do
                    }
                },
                logs.meters());
        logs.closing(whole);
        whole.start();
        await().atMost(Duration.ofSeconds(60)).until(whole::isLoaded);

        // When
        logs.produce(Topic.PORTS, 0, "failed on", "1");
        await().untilFalse(fails);
        logs.produce(Topic.PORTS, 0, "the next", "2");

        // Then
        await().untilAsserted(() -> assertThat(seen).containsExactly("failed on", "the next"));
    }
}
