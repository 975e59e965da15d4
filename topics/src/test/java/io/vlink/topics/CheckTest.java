package io.vlink.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {

    private final Map<Topic, FoundTopic> found = new EnumMap<>(Topic.class);

    @BeforeEach
    void allTopicsAreRight() {
        for (Topic topic : Topic.values()) {
            found.put(topic, new FoundTopic(8, 3, topic.settings()));
        }
    }

    @Test
    void findsNothingIfAllTopicsAreRight() {
        assertThat(Check.of(found, 8).values()).allMatch(Check.Finding.Right.class::isInstance);
    }

    @Test
    void findsAMissingTopic() {
        found.remove(Topic.PATHS);

        assertThat(Check.of(found, 8)).containsEntry(Topic.PATHS, new Check.Finding.Missing());
    }

    @ParameterizedTest
    @CsvSource({
        "REQUESTS, cleanup.policy, compact",
        "REQUESTS, max.message.bytes, 104857600",
        "REQUESTS, compression.type, producer",
        "STATUSES, cleanup.policy, delete",
        "STATUSES, cleanup.policy, 'compact,delete'",
        "STATUSES, max.message.bytes, 1048588"
    })
    void namesEachWrongSettingAndHowToMendIt(Topic topic, String setting, String is) {
        // Given
        set(topic, setting, is);

        // Then
        assertThat(Check.of(found, 8).get(topic))
                .isInstanceOfSatisfying(Check.Finding.Wrong.class, wrong -> assertThat(wrong.differences())
                        .singleElement()
                        .asString()
                        .contains(topic.topicName(), setting + " is " + is, "--add-config " + setting + "="));
    }

    @ParameterizedTest
    @CsvSource({"REQUESTS, retention.ms, 3600000", "STATUSES, max.message.bytes, 104857600", "PORTS, segment.ms, 1"})
    void acceptsSettingsThatAreTheOperatorsChoice(Topic topic, String setting, String is) {
        set(topic, setting, is);

        assertThat(Check.of(found, 8)).containsEntry(topic, new Check.Finding.Right());
    }

    @Test
    void requiresOnePartitionCountForAllTopics() {
        // Given
        found.put(Topic.RULES, new FoundTopic(3, 1, Topic.RULES.settings()));

        // Then
        assertThat(Check.partitions(Optional.empty(), found)).isEqualTo(8);
        assertThat(Check.partitions(Optional.of(3), found)).isEqualTo(3);
        assertThat(Check.partitions(Optional.empty(), Map.of())).isEqualTo(Arguments.DEFAULT_PARTITIONS);
        assertThat(Check.of(found, 8).get(Topic.RULES))
                .isInstanceOfSatisfying(Check.Finding.Wrong.class, wrong -> assertThat(wrong.differences())
                        .singleElement()
                        .asString()
                        .startsWith("vlink.rules has 3 partitions and must have 8"));
    }

    @Test
    void allowsTheDeadLettersFurtherPartitions() {
        found.put(Topic.DEAD_LETTERS, new FoundTopic(9, 1, Topic.DEAD_LETTERS.settings()));

        assertThat(Check.of(found, 8)).containsEntry(Topic.DEAD_LETTERS, new Check.Finding.Right());
        found.put(Topic.DEAD_LETTERS, new FoundTopic(7, 1, Topic.DEAD_LETTERS.settings()));
        assertThat(Check.of(found, 8).get(Topic.DEAD_LETTERS)).isInstanceOf(Check.Finding.Wrong.class);
    }

    private void set(Topic topic, String setting, String value) {
        Map<String, String> settings = new HashMap<>(topic.settings());
        settings.put(setting, value);
        found.put(topic, new FoundTopic(8, 3, settings));
    }
}
