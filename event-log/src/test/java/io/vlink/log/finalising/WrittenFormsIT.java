package io.vlink.log.finalising;

import static io.vlink.log.LogsOnABroker.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vlink.events.Topic;
import io.vlink.log.LogConfig;
import io.vlink.log.LogsOnABroker;
import io.vlink.log.OnLoss;
import io.vlink.log.RecordingShard;
import io.vlink.log.kafka.TopicSetup;
import io.vlink.log.serving.EventLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms that logs on a real broker write, before and after the suite is finalised. */
class WrittenFormsIT {

    private static final int PARTITIONS = 2;

    @TempDir
    private Path directory;

    private LogsOnABroker logs;

    @SuppressWarnings("NullAway.Init")
    WrittenFormsIT() {}

    @BeforeEach
    void startBroker() throws Exception {
        logs = new LogsOnABroker(directory, PARTITIONS);
        try (Admin admin = Admin.create(logs.client())) {
            TopicSetup.ensure(admin, config());
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        logs.close();
    }

    @Test
    void writesANewSuiteInThisBuildsFormAndKeepsEarlierBuildsOut() throws Exception {
        // Given
        try (Admin admin = Admin.create(logs.client())) {
            // Earlier builds require equal counts in all topics
            assertThat(sizes(admin).entrySet().stream()
                            .filter(topic -> topic.getValue() > PARTITIONS)
                            .map(Map.Entry::getKey))
                    .as("a topic that the oldest supported build checks, too")
                    .containsExactly("vlink.dead-letters");
            assertThat(TopicSetup.ensure(admin, config())).isEqualTo(Topic.generation());
            assertThat(Finalising.finalise(logs.client()))
                    .isEqualTo(new Finalising.FinaliseResult.Already(Topic.generation()));
        }

        // When
        EventLog<RecordingShard> log = logs.serve(config());

        // Then
        assertThat(log.forms().headers(Topic.PATHS)).hasSize(1);
    }

    @Test
    void writesAnEarlierBuildsSuiteInItsFormUntilItIsFinalised() throws Exception {
        try (Admin admin = Admin.create(logs.client())) {
            // Given
            comeFromABuildBefore(admin);
            EventLog<RecordingShard> log = logs.serve(config());

            // Then
            assertThat(partitions(admin)).containsExactly(PARTITIONS);
            assertThat(log.forms().headers(Topic.PATHS)).isEmpty();
            assertThat(logs.newest(0).written).hasValue(0);

            // When
            assertThat(Finalising.finalise(logs.client()))
                    .isEqualTo(new Finalising.FinaliseResult.Raised(0, Topic.generation(), List.of()));

            // Then: new starts use the new form, and earlier builds find a wrong count
            await().atMost(PLENTY).until(() -> partitions(admin).contains(PARTITIONS + Topic.generation()));
            assertThat(logs.serve(config()).forms().headers(Topic.PATHS)).hasSize(1);
            assertThat(Finalising.finalise(logs.client()))
                    .isEqualTo(new Finalising.FinaliseResult.Already(Topic.generation()));
            assertThatThrownBy(() -> TopicSetup.ensure(admin, config(), 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is finalised for a build that writes generation " + Topic.generation())
                    .hasMessageContaining("this build reads only up to 0");
        }
    }

    /** Recreates all topics with equal partition counts, as before there were generations. */
    private void comeFromABuildBefore(Admin admin) throws Exception {
        admin.deleteTopics(List.of(Topic.DEAD_LETTERS.topicName())).all().get(60, TimeUnit.SECONDS);
        await().atMost(PLENTY).until(() -> !admin.listTopics().names().get().contains(Topic.DEAD_LETTERS.topicName()));
        assertThat(TopicSetup.ensure(admin, config())).isZero();
    }

    private static Set<Integer> partitions(Admin admin) throws Exception {
        return Set.copyOf(sizes(admin).values());
    }

    private static Map<String, Integer> sizes(Admin admin) throws Exception {
        return admin
                .describeTopics(Stream.of(Topic.values()).map(Topic::topicName).toList())
                .allTopicNames()
                .get(60, TimeUnit.SECONDS)
                .values()
                .stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.partitions().size()));
    }

    private LogConfig config() {
        return logs.config("test-log")
                .owned(Topic.PATHS, Topic.INQUIRIES, Topic.NETWORKS)
                .whole(Topic.RULES)
                .onLoss(OnLoss.HALT)
                .build();
    }
}
