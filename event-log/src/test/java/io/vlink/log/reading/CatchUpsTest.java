package io.vlink.log.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.events.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which waiting actions run, and when. */
class CatchUpsTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topic.NODES.topicName(), 3);

    private final CatchUps catchUps = new CatchUps();
    private final List<String> called = new ArrayList<>();
    private long end = 5;
    private long position;

    private void look() {
        catchUps.look(() -> Map.of(PARTITION, end), of -> position);
    }

    @Test
    void runsAnActionOnceAfterTheRecordsPresentWhenItWasAdded() {
        // Given
        catchUps.add(() -> called.add("first"));
        look();
        end = 9;
        catchUps.add(() -> called.add("second"));

        // When
        position = 5;
        look();

        // Then
        assertThat(called).containsExactly("first");

        // When
        position = 9;
        look();
        look();

        // Then
        assertThat(called).containsExactly("first", "second");
    }

    @Test
    void runsAnActionAtOnceWhenNothingIsLeftToRead() {
        position = 5;
        catchUps.add(() -> called.add("at once"));

        look();

        assertThat(called).containsExactly("at once");
    }

    @Test
    void waitsForTheNewEndsAfterAReset() {
        catchUps.add(() -> called.add("waits"));
        look();

        catchUps.again();
        end = 2;
        look();
        position = 2;
        look();

        assertThat(called).containsExactly("waits");
    }

    @Test
    void keepsAnActionWaitingWhenTheEndsAreUnknown() {
        // Given
        catchUps.add(() -> called.add("waits"));

        // Then
        assertThatThrownBy(() -> catchUps.look(
                        () -> {
                            throw new KafkaException("Kafka is away.");
                        },
                        of -> position))
                .isInstanceOf(KafkaException.class);
        assertThat(called).isEmpty();

        // When
        position = 5;
        look();

        // Then
        assertThat(called).containsExactly("waits");
    }

    @Test
    void anActionMayAddAnotherOne() {
        position = 5;
        catchUps.add(() -> catchUps.add(() -> called.add("again")));

        look();
        assertThat(called).isEmpty();
        look();
        assertThat(called).containsExactly("again");
    }
}
