package io.vlink.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.broker.LocalBroker;
import io.vlink.events.Topic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a Kafka that already has topics, or none. */
class TopicsIT {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @SuppressWarnings("NullAway.Init")
    TopicsIT() {}

    @Test
    void createsMissingTopicsAndThenFindsThemRight() throws InterruptedException {
        try (LocalBroker broker = LocalBroker.start(0, directory)) {
            // Given
            String kafka = broker.bootstrapServers();

            // When
            assertThat(topics("--bootstrap-servers", kafka)).isEqualTo(1);

            // Then
            assertThat(printed(out).lines().skip(1))
                    .hasSize(Topic.values().length)
                    .allMatch(l -> l.contains(" missing "));
            assertThat(printed(err)).contains("--create");

            // When
            assertThat(topics(
                            "--bootstrap-servers", kafka, "--create", "--partitions", "5", "--replication-factor", "1"))
                    .isZero();

            // Then
            assertThat(printed(err)).contains("created %d topics with 5 partitions".formatted(Topic.values().length));
            assertThat(printed(out).lines().skip(1))
                    .hasSize(Topic.values().length)
                    .allMatch(line -> line.contains(" ok "));

            // When
            assertThat(topics("--bootstrap-servers", kafka)).isZero();

            // Then
            assertThat(printed(out).lines().filter(line -> line.startsWith("vlink.requests ")))
                    .singleElement()
                    .asString()
                    .matches(
                            "vlink.requests +ok +the subject's key, or none +5 +1 +delete +7 days +2097152 +compression.type=uncompressed");
        }
    }

    @Test
    void keepsExistingTopicsAndReportsTheirDifferences() throws Exception {
        try (LocalBroker broker = LocalBroker.start(0, directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // Given
            admin.createTopics(List.of(new NewTopic("vlink.statuses", Optional.of(3), Optional.empty())
                            .configs(Map.of("cleanup.policy", "delete"))))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            awaitListed(admin, "vlink.statuses");

            // When
            assertThat(topics("--bootstrap-servers", broker.bootstrapServers(), "--create", "--partitions", "8"))
                    .isEqualTo(1);

            // Then
            assertThat(printed(err))
                    .contains("vlink.statuses has 3 partitions and must have 8")
                    .contains("vlink.statuses: cleanup.policy is delete and must be compact")
                    .contains("--entity-name vlink.statuses --add-config cleanup.policy=compact")
                    .contains("created %d topics".formatted(Topic.values().length - 1));
            assertThat(printed(out).lines().filter(line -> line.contains(" differs ")))
                    .hasSize(1);
        }
    }

    @Test
    void finalisesTheSuiteOfAnEarlierBuild() throws Exception {
        try (LocalBroker broker = LocalBroker.start(0, directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // Given
            String kafka = broker.bootstrapServers();
            assertThat(topics("--bootstrap-servers", kafka, "--finalise")).isEqualTo(1);
            assertThat(printed(err))
                    .contains("Some of Vlink's topics do not exist")
                    .contains("Nothing was changed.");
            admin.createTopics(List.of(
                            new NewTopic(Topic.PATHS.topicName(), 2, (short) 1).configs(Topic.PATHS.settings())))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            awaitListed(admin, Topic.PATHS.topicName());
            assertThat(topics("--bootstrap-servers", kafka, "--create")).isZero();
            // Such a setting may be meant for an operator's own consumers
            Path properties =
                    Files.writeString(directory.resolve("client.properties"), "key.deserializer=no.such.Class\n");

            // When
            assertThat(topics("--bootstrap-servers", kafka, "--finalise", "--command-config", properties.toString()))
                    .isZero();

            // Then
            assertThat(printed(out))
                    .startsWith("internal records: generation %d instead of 0".formatted(Topic.generation()));
        }
    }

    /** The controller has created the topic; the broker may learn of it a moment later. */
    private static void awaitListed(Admin admin, String topic) throws Exception {
        Instant deadline = Instant.now().plusSeconds(10);
        while (!admin.listTopics().names().get(60, TimeUnit.SECONDS).contains(topic)) {
            assertThat(Instant.now()).isBefore(deadline);
        }
    }

    @Test
    void reportsAnErrorIfKafkaDoesNotAnswer() throws Exception {
        // Given
        Path properties = Files.writeString(
                directory.resolve("quick.properties"), "default.api.timeout.ms=300\nrequest.timeout.ms=200\n");

        // When
        assertThat(topics("--bootstrap-servers", "127.0.0.1:1", "--command-config", properties.toString()))
                .isEqualTo(1);

        // Then
        assertThat(printed(err)).startsWith("vlink: Kafka at 127.0.0.1:1: ");

        // When
        assertThat(topics("--bootstrap-servers", "127.0.0.1:1", "--command-config", "nowhere.properties"))
                .isEqualTo(1);

        // Then
        assertThat(printed(err)).contains("nowhere.properties");

        // When
        assertThat(topics("--bootstrap-servers", "no port")).isEqualTo(1);

        // Then
        assertThat(printed(err)).contains("no port");
    }

    @Test
    void printsTheTableInTheDocumentation() throws Exception {
        assertThat(topics()).isZero();

        assertThat(Files.readString(Path.of("../docs/events.md"))).contains(printed(out));
    }

    private int topics(String... words) throws InterruptedException {
        out.reset();
        err.reset();
        return Main.run(
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String printed(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
