package io.vlink.log.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.Topic;
import io.vlink.log.LogsOnABroker;
import io.vlink.log.Partitions;
import io.vlink.log.RecordingShard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event log on a real broker. */
class EventLogIT {

    private static final int PARTITIONS = 4;
    private static final int HOME = Partitions.of("default", PARTITIONS);

    @TempDir
    private Path directory;

    private LogsOnABroker logs;

    @SuppressWarnings("NullAway.Init")
    EventLogIT() {}

    @BeforeEach
    void startBroker() {
        logs = new LogsOnABroker(directory, PARTITIONS);
    }

    @AfterEach
    void stopAll() throws Exception {
        logs.close();
    }

    @Test
    void loadsTheLogBeforeItServes() {
        // Given
        EventLog<RecordingShard> first = serve("a", true);
        logs.closeNow(first);
        logs.produce(Topic.NODES, HOME, "default/node-a", "1");
        logs.produce(Topic.NODES, HOME, "default/node-b", "2");

        // When
        EventLog<RecordingShard> log = serve("b", true);

        // Then
        assertThat(home().seenBeforeLoaded)
                .containsExactly("vlink.nodes default/node-a=1", "vlink.nodes default/node-b=2");
        assertThat(home().ends).containsEntry(Topic.NODES, 2L);
        assertThat(log.owns(HOME)).isTrue();
        assertThat(logs.shards().stream().filter(s -> !s.closed.get())).hasSize(PARTITIONS);
    }

    @Test
    void twoInstancesOwnTheSamePartitionNumbersInAllTopics() {
        // Given
        EventLog<RecordingShard> first = serve("a", false);

        // When
        EventLog<RecordingShard> second = serve("b", false);

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (int p = 0; p < PARTITIONS; p++) {
                assertThat(first.owns(p) ^ second.owns(p)).as("partition %d", p).isTrue();
            }
            assertThat(Stream.of(0, 1, 2, 3).filter(first::owns)).hasSize(2);
        });
        for (int p = 0; p < PARTITIONS; p++) {
            logs.produce(Topic.NODES, p, "k" + p, "n");
            logs.produce(Topic.LINKS, p, "k" + p, "l");
        }
        await().untilAsserted(() -> {
            for (int p = 0; p < PARTITIONS; p++) {
                int partition = p;
                assertThat(logs.shards().stream().filter(s -> s.partition == partition && !s.closed.get()))
                        .singleElement()
                        .satisfies(s -> assertThat(s.seen)
                                .contains("vlink.nodes k" + partition + "=n", "vlink.links k" + partition + "=l"));
            }
        });
    }

    /** A service of the next build reads a topic whole that instances of the previous build divide among themselves. */
    @Test
    void ownsTheSamePartitionNumbersBesideABuildThatOwnsMoreTopics() {
        // Given
        EventLog<RecordingShard> first = serve("a", false);

        // When
        EventLog<RecordingShard> second = logs.log(logs.config("b", false)
                .owned(Topic.REQUESTS, Topic.LINKS)
                .joined(Topic.NODES)
                .build());
        second.start();

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (int p = 0; p < PARTITIONS; p++) {
                assertThat(first.owns(p) ^ second.owns(p)).as("partition %d", p).isTrue();
            }
            assertThat(Stream.of(0, 1, 2, 3).filter(first::owns)).hasSize(2);
        });
        for (int p = 0; p < PARTITIONS; p++) {
            logs.produce(Topic.NODES, p, "k" + p, "n");
            logs.produce(Topic.LINKS, p, "k" + p, "l");
        }
        await().untilAsserted(() -> {
            for (int p = 0; p < PARTITIONS; p++) {
                String nodes = "vlink.nodes k" + p + "=n";
                int partition = p;
                assertThat(logs.shards().stream().filter(s -> s.partition == partition && !s.closed.get()))
                        .singleElement()
                        .satisfies(s -> assertThat(s.seen).contains("vlink.links k" + partition + "=l"))
                        .satisfies(s -> assertThat(s.seen.contains(nodes)).isEqualTo(first.owns(partition)));
            }
        });
    }

    @Test
    void readsItsOutputsAtTakeoverAndNotAfterwards() {
        // Given
        logs.closeNow(serve("maker of topics", true));
        logs.produce(Topic.LINKS, HOME, "default/before", "1");
        EventLog<RecordingShard> first = serve("a", true);
        assertThat(home().seenBeforeLoaded).containsExactly("vlink.links default/before=1");

        // When
        logs.produce(Topic.LINKS, HOME, "default/after", "2");
        logs.produce(Topic.NODES, HOME, "default/node", "3");

        // Then
        await().untilAsserted(() -> assertThat(home().seen).contains("vlink.nodes default/node=3"));
        assertThat(home().seen).doesNotContain("vlink.links default/after=2");

        // When: the group is rebalanced, so the new owner of the partition takes over
        EventLog<RecordingShard> second = serve("b", true);

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(first.owns(HOME) ^ second.owns(HOME)).isTrue();
            assertThat(home().seenBeforeLoaded).contains("vlink.links default/after=2");
        });
    }

    @Test
    void readsItsOutputsBackWhereALateWriterMayAppearInThem() {
        // Given
        serve("a", false);
        logs.produce(Topic.LINKS, HOME, "default/link", "1");
        await().untilAsserted(() -> assertThat(home().seen).contains("vlink.links default/link=1"));

        // When
        logs.produce(Topic.LINKS, HOME, "default/link", "2");
        logs.produce(Topic.LINKS, HOME, "default/link", "3");

        // Then
        await().untilAsserted(() -> assertThat(home().seen)
                .containsSubsequence("vlink.links default/link=2", "vlink.links default/link=3"));
    }

    @Test
    void notifiesTheCallerOnceKafkaHasTheWrite() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve("a", true);
        CompletableFuture<String> written = new CompletableFuture<>();

        // When
        log.submit(
                HOME,
                shard -> shard.pending.add(out -> {
                    out.put(Topic.PATHS, "default", "default/default/v", "decided");
                    out.onWritten(() -> written.complete("written"));
                }),
                () -> written.complete("absent"));

        // Then
        assertThat(written.get(60, TimeUnit.SECONDS)).isEqualTo("written");
        assertThat(logs.uncommitted(Topic.PATHS, HOME)).containsExactly("\"decided\"");
        // Strict readers wait for the commit of the transaction, even if nothing else happens.
        await().untilAsserted(
                        () -> assertThat(logs.committed(Topic.PATHS, HOME)).containsExactly("\"decided\""));
    }

    @Test
    void callsTheAlternativeIfItDoesNotOwnThePartition() throws Exception {
        // Given
        EventLog<RecordingShard> log = logs.log(logs.config("a", true).build());
        CompletableFuture<String> result = new CompletableFuture<>();
        log.start();

        // When
        log.submit(PARTITIONS + 1, shard -> result.complete("present"), () -> result.complete("absent"));

        // Then
        assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo("absent");
    }

    @Test
    void answersEachRequestOnceAcrossARestart() {
        // Given
        EventLog<RecordingShard> first = serve("a", true);
        logs.produce(Topic.REQUESTS, HOME, "one", "x");
        await().untilAsserted(
                        () -> assertThat(logs.committed(Topic.ANSWERS, HOME)).hasSize(1));
        logs.closeNow(first);
        logs.produce(Topic.REQUESTS, HOME, "two", "y");

        // When
        serve("a", true);

        // Then
        await().untilAsserted(
                        () -> assertThat(logs.committed(Topic.ANSWERS, HOME)).hasSize(2));
        assertThat(home().seen).containsExactly("vlink.requests two=y");
    }

    @Test
    void showsWholeTopicsToEveryShardInAnyPartition() {
        // Given
        EventLog<RecordingShard> setup = serve("setup", true);
        logs.closeNow(setup);
        logs.produce(Topic.PORTS, 3, "p/1", "up");

        // When
        serve("a", true);

        // Then
        assertThat(logs.shards().stream().filter(s -> !s.closed.get()))
                .hasSize(PARTITIONS)
                .allSatisfy(s -> assertThat(s.seenBeforeLoaded).contains("vlink.ports p/1=up"));
    }

    @Test
    void reloadsAfterAFailedDecision() throws Exception {
        // Given
        EventLog<RecordingShard> log = serve("a", true);
        logs.produce(Topic.NODES, HOME, "default/node-a", "1");
        CompletableFuture<Throwable> failure = new CompletableFuture<>();

        // When
        log.submit(
                HOME,
                shard -> shard.pending.add(out -> {
                    out.onFailed(failure::complete);
                    throw new IllegalStateException("a core that breaks");
                }),
                () -> {});

        // Then
        assertThat(failure.get(60, TimeUnit.SECONDS)).hasMessage("a core that breaks");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(home().seenBeforeLoaded)
                .containsExactly("vlink.nodes default/node-a=1"));
        assertThat(logs.meters().get("vlink.log.failures").counter().count()).isEqualTo(1);
    }

    @Test
    void continuesWhenTheBrokerComesBack() {
        // Given
        EventLog<RecordingShard> log = serve("a", true);

        // When
        logs.stopBroker();
        logs.startBrokerAgain(directory);

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            CompletableFuture<Boolean> written = new CompletableFuture<>();
            log.submit(
                    HOME,
                    shard -> shard.pending.add(out -> {
                        out.put(Topic.PATHS, "default", "k", "after");
                        out.onWritten(() -> written.complete(true));
                        out.onFailed(e -> written.complete(false));
                    }),
                    () -> written.complete(false));
            assertThat(written.get(60, TimeUnit.SECONDS)).isTrue();
        });
    }

    private EventLog<RecordingShard> serve(String instance, boolean fenced) {
        return logs.serve(logs.config(instance, fenced).build());
    }

    private RecordingShard home() {
        return logs.serving(HOME);
    }
}
