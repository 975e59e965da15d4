package io.vlink.log.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.Forms;
import io.vlink.log.LogConfig;
import io.vlink.log.LogConfigBuilder;
import io.vlink.log.Outbox;
import io.vlink.log.RecordingShard;
import io.vlink.log.Shard;
import io.vlink.log.writing.LastTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which shards serve, and what later shards receive. */
class OwnedShardsTest {

    private static final LogConfig CONFIG =
            LogConfigBuilder.withoutKafka(4).owned(Topic.NODES).build();

    private final OwnedShards<RecordingShard> owned = new OwnedShards<>();
    private final List<Set<Integer>> told = new ArrayList<>();

    OwnedShardsTest() {
        owned.onServing(() -> told.add(owned.serving()));
    }

    @Test
    void aShardServesOnceItAndTheWholeTopicsAreReadToTheirEnd() {
        // Given
        owned.join();
        RecordingShard one = add(1);
        RecordingShard two = add(2);

        // When
        read(1);

        // Then
        assertThat(one.loaded).isFalse();

        // When
        owned.wholeLoaded();

        // Then
        assertThat(one.loaded).isTrue();
        assertThat(owned.serving()).containsExactly(1);
        assertThat(owned.isServing()).isFalse();

        // When
        read(2);

        // Then
        assertThat(two.loaded).isTrue();
        assertThat(owned.isServing()).isTrue();
        assertThat(told).containsExactly(Set.of(1), Set.of(1, 2));
    }

    @Test
    void aMemberWithoutShardsServes() {
        owned.wholeLoaded();
        assertThat(owned.isServing()).isFalse();

        owned.join();
        owned.updateServing();
        assertThat(owned.isServing()).isTrue();

        owned.leave();
        assertThat(owned.isServing()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void aLaterShardReceivesTheLastRecordOfEachKeyOfTheWholeTopics() {
        // Given
        RecordingShard early = add(1);
        owned.onWhole(List.of(
                entry(Topic.NODES, "a", "1"),
                entry(Topic.NODES, "b", "1"),
                entry(Topic.NODES, "a", "2"),
                entry(Topic.NODES, "b", null),
                entry(Topic.ANSWERS, "c", "1")));

        // When
        RecordingShard late = add(2);

        // Then
        assertThat(early.seen).hasSize(5);
        assertThat(late.seen).containsExactly("vlink.nodes a=2");

        // When
        owned.dropWhole();

        // Then
        assertThat(add(3).seen).isEmpty();
    }

    @Test
    void newShardsDoNotServeWhileTheWholeTopicsAreReadAgain() {
        // Given
        owned.join();
        add(1);
        owned.wholeLoaded();
        read(1);

        // When
        owned.dropWhole();
        add(2);
        read(2);

        // Then
        assertThat(owned.isServing()).isFalse();
        assertThat(owned.serving()).containsExactly(1);

        // When
        owned.wholeLoaded();

        // Then
        assertThat(owned.isServing()).isTrue();
        assertThat(owned.serving()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void closesRevokedShards() {
        // Given
        owned.join();
        RecordingShard one = add(1);
        RecordingShard two = add(2);
        owned.wholeLoaded();
        read(1);
        read(2);

        // When
        owned.revoke(Set.of(1, 7));

        // Then
        assertThat(one.closed).isTrue();
        assertThat(two.closed).isFalse();
        assertThat(owned.of(1)).isNull();
        assertThat(owned.isServing()).isTrue();

        // When
        RecordingShard inItsPlace = add(2);

        // Then
        assertThat(two.closed).isTrue();
        assertThat(inItsPlace.closed).isFalse();

        // When
        owned.leave();

        // Then
        assertThat(inItsPlace.closed).isTrue();
        assertThat(owned.all()).isEmpty();
        assertThat(told.getLast()).isEmpty();
    }

    @Test
    void theNextTimerIsTheEarliestOfTheServingShards() {
        // Given
        OwnedShards<Alarm> alarms = new OwnedShards<>();
        assertThat(alarms.nextTimer()).isEqualTo(Instant.MAX);
        alarms.wholeLoaded();

        for (int partition = 1; partition <= 3; partition++) {
            OwnedShard<Alarm> shard =
                    new OwnedShard<>(partition, new Alarm(Instant.EPOCH.plusSeconds(10 - partition)), null);
            alarms.add(partition, shard);
            shard.act(new Outbox(8, "test", Forms.of(0)), Instant.EPOCH);
        }
        assertThat(alarms.nextTimer()).isEqualTo(Instant.MAX);

        // When
        alarms.readToEnd(1, Map.of(), null, 0, new LastTransaction());
        alarms.readToEnd(2, Map.of(), null, 0, new LastTransaction());

        // Then
        assertThat(alarms.nextTimer()).isEqualTo(Instant.EPOCH.plusSeconds(8));
    }

    private record Alarm(Instant at) implements Shard {
        @Override
        public Set<Topic> topics() {
            return Set.of();
        }

        @Override
        public void on(Entry entry) {}

        @Override
        public Instant act(Outbox out, Instant now) {
            return at;
        }
    }

    private RecordingShard add(int partition) {
        RecordingShard shard = new RecordingShard(CONFIG, partition, 0);
        owned.add(partition, new OwnedShard<>(partition, shard, null));
        return shard;
    }

    private void read(int partition) {
        owned.readToEnd(partition, Map.of(), null, 0, new LastTransaction());
    }

    private static Entry entry(Topic topic, String key, @Nullable String value) {
        return new Entry(
                topic, 0, 0, Instant.EPOCH, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }
}
