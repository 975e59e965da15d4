package io.vlink.log.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.Outbox;
import io.vlink.log.Shard;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which offsets are committed. */
class OwnedShardTest {

    private static final TopicPartition REQUESTS = new TopicPartition(Topic.REQUESTS.topicName(), 3);

    private final Patient shard = new Patient();
    private final OwnedShard<Patient> owned = new OwnedShard<>(3, shard, null);

    private static final class Patient implements Shard {
        private long undecidedFrom = Long.MAX_VALUE;

        @Override
        public Set<Topic> topics() {
            return Set.of(Topic.REQUESTS);
        }

        @Override
        public void on(Entry entry) {}

        @Override
        public @Nullable Instant act(Outbox out, Instant now) {
            return null;
        }

        @Override
        public long undecidedFrom() {
            return undecidedFrom;
        }
    }

    @Test
    void commitsDecidedRecords() {
        owned.on(request(7));
        assertThat(owned.consumed()).isEqualTo(Map.of(REQUESTS, new OffsetAndMetadata(8)));

        owned.written();
        assertThat(owned.consumed()).isEmpty();
    }

    @Test
    void commitsNothingWhileARequestWaits() {
        owned.on(request(7));
        shard.undecidedFrom = 7;
        assertThat(owned.consumed()).isEmpty();
        owned.written(); // of something else

        owned.on(request(8));
        shard.undecidedFrom = Long.MAX_VALUE;
        assertThat(owned.consumed()).isEqualTo(Map.of(REQUESTS, new OffsetAndMetadata(9)));
    }

    @Test
    void commitsWhatIsDecidedWhileLaterRequestsWait() {
        // Given
        owned.on(request(7));
        owned.on(request(8));
        owned.on(request(9));

        // When
        shard.undecidedFrom = 8;

        // Then
        assertThat(owned.consumed()).isEqualTo(Map.of(REQUESTS, new OffsetAndMetadata(8)));

        // When
        owned.written();

        // Then
        assertThat(owned.consumed()).as("nothing was decided since").isEmpty();

        // When
        shard.undecidedFrom = Long.MAX_VALUE;

        // Then
        assertThat(owned.consumed()).isEqualTo(Map.of(REQUESTS, new OffsetAndMetadata(10)));
    }

    private static Entry request(long offset) {
        return new Entry(Topic.REQUESTS, 3, offset, Instant.EPOCH, null, new byte[0]);
    }
}
