package io.vlink.path.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Inbox;
import io.vlink.log.schema.UnreadableEvent;
import io.vlink.path.decision.RemovedCircuits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of flow-service's statuses that is read here. */
final class RemovedCircuitsTest {

    private static final NetworkId ID = new NetworkId("o", "ns", "n");
    private static final Revision REVISION = new Revision(3, 2, 1);

    @Test
    void areReadFromAStatus() throws UnreadableEvent {
        // Given
        Condition condition = new Condition(
                Condition.Type.READY, Condition.Truth.FALSE, "Removing", "It is being removed.", 3, Instant.EPOCH);
        NetworkStatus status = new NetworkStatus(
                ID,
                REVISION,
                7,
                Phase.REMOVING,
                List.of(condition),
                List.of("a"),
                List.of("b"),
                List.of(),
                List.of(5L));

        // When
        RemovedCircuits read = Inbox.value(RemovedCircuits.IN_STATUSES, ID, entry(EventJson.write(status)));

        // Then
        assertThat(read).isEqualTo(new RemovedCircuits(ID, REVISION, 7, List.of(5L)));
    }

    @Test
    void areNotReadFromTheStatusOfAnotherNetwork() {
        byte[] other = EventJson.write(new RemovedCircuits(new NetworkId("o", "ns", "m"), REVISION, 7, List.of(5L)));

        assertThatThrownBy(() -> Inbox.value(RemovedCircuits.IN_STATUSES, ID, entry(other)))
                .isInstanceOf(UnreadableEvent.class);
    }

    @Test
    void areNotReadFromAStatusWithoutThem() {
        byte[] silent = """
                {"id": "o/ns/n", "revision": {"generation": 3, "step": 2, "stage": 1}, "evidence": 7}
                """.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Inbox.value(RemovedCircuits.IN_STATUSES, ID, entry(silent)))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("removedCircuits");
    }

    private static Entry entry(byte[] value) {
        return new Entry(Topic.STATUSES, 0, 0, Instant.EPOCH, ID.toString(), value, null, Topic.STATUSES.schema());
    }
}
