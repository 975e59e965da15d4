package io.vlink.log.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.events.Topic;
import io.vlink.log.LogConfig;
import io.vlink.log.LogConfigBuilder;
import io.vlink.log.OnLoss;
import io.vlink.log.RecordingShard;
import io.vlink.log.halting.SchemaWatch;
import io.vlink.log.reading.AskedTopics;
import io.vlink.log.schema.Schemas;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Assignment and revocation of partitions, and the order in which they are read. */
class MembershipTest {

    private static final TopicPartition NODES = new TopicPartition(Topic.NODES.topicName(), 2);
    private static final TopicPartition LINKS = new TopicPartition(Topic.LINKS.topicName(), 2);
    private static final TopicPartition REQUESTS = new TopicPartition(Topic.REQUESTS.topicName(), 2);
    private static final List<TopicPartition> ALL = List.of(NODES, LINKS, REQUESTS);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final List<RecordingShard> shards = new CopyOnWriteArrayList<>();
    private final AtomicInteger rejoins = new AtomicInteger();

    private Membership join(OnLoss onLoss, Optional<String> instanceId) {
        LogConfig config = LogConfigBuilder.withoutKafka(4)
                .instance(instanceId)
                .owned(Topic.NODES, Topic.LINKS, Topic.REQUESTS)
                .onLoss(onLoss)
                .build();
        ShardLoop<RecordingShard> decider = new ShardLoop<>(
                config,
                (partition, epoch) -> {
                    RecordingShard shard = new RecordingShard(config, partition, epoch);
                    shards.add(shard);
                    return shard;
                },
                Clock.systemUTC(),
                () -> {},
                new SimpleMeterRegistry());
        Membership membership = new Membership(
                consumer,
                config,
                new AskedTopics(config.owned()),
                decider,
                new SchemaWatch(config, Schemas.TODAY),
                rejoins::incrementAndGet);
        consumer.subscribe(config.subscribed(), membership);
        consumer.updateBeginningOffsets(Map.of(NODES, 0L, LINKS, 0L, REQUESTS, 0L));
        consumer.updateEndOffsets(Map.of(NODES, 3L, LINKS, 0L, REQUESTS, 8L));
        return membership;
    }

    @Test
    void readsStateToItsEndBeforeAnyLog() {
        // Given
        Membership membership = join(OnLoss.NOTHING, Optional.empty());

        // When
        consumer.rebalance(ALL);

        // Then
        assertThat(shards).singleElement().satisfies(shard -> assertThat(shard.partition)
                .isEqualTo(2));
        assertThat(consumer.paused()).containsExactly(REQUESTS);
        assertThat(membership.isLoading()).isTrue();
        assertThat(membership.readToEnd()).isEmpty();
        assertThat(membership.isBehind(NODES)).isTrue();
        assertThat(membership.isBehind(LINKS)).isFalse();

        // When
        consumer.seek(NODES, 3);

        // Then
        assertThat(membership.readToEnd()).containsExactly(2);
        assertThat(membership.endsOf(2)).isEqualTo(Map.of(Topic.NODES, 3L, Topic.LINKS, 0L));
        assertThat(membership.isLoading()).isFalse();

        // When
        membership.serve(2);

        // Then
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void stopsReadingRevokedPartitionsAndClosesTheirShards() {
        Membership membership = join(OnLoss.NOTHING, Optional.empty());
        consumer.rebalance(ALL);

        membership.onPartitionsRevoked(ALL);

        assertThat(membership.isLoading()).isFalse();
        assertThat(shards).singleElement().satisfies(shard -> assertThat(shard.closed)
                .isTrue());
        assertThat(rejoins).hasValue(0);
    }

    @Test
    void rejoinsAfterALostMembershipIfKafkasDataMayBeGone() {
        Membership careless = join(OnLoss.NOTHING, Optional.empty());
        careless.onPartitionsLost(ALL);
        assertThat(rejoins).hasValue(0);

        consumer.unsubscribe();
        Membership careful = join(OnLoss.HALT, Optional.empty());
        careful.onPartitionsLost(ALL);
        assertThat(rejoins).hasValue(1);
    }

    @Test
    void refusesATopicThatGoesBackUntilItIsAssignedAgain() {
        Membership membership = join(OnLoss.RELOAD, Optional.empty());
        consumer.rebalance(ALL);
        membership.met(Topic.NODES, record(5));

        assertThatThrownBy(() -> membership.met(Topic.NODES, record(5)))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("went back from offset 5 to 5");

        membership.onPartitionsAssigned(List.of(NODES));
        assertThatCode(() -> membership.met(Topic.NODES, record(0))).doesNotThrowAnyException();
    }

    @Test
    void requestsAnotherAssignmentOnceIfTheFirstLacksTopics() {
        // Given
        Membership membership = join(OnLoss.NOTHING, Optional.of("one"));
        membership.look();
        assertThat(consumer.shouldRebalance()).isFalse();
        consumer.rebalance(List.of(NODES, REQUESTS));

        // When
        membership.look();

        // Then
        assertThat(consumer.shouldRebalance()).isTrue();

        // When
        consumer.resetShouldRebalance();
        membership.look();

        // Then
        assertThat(consumer.shouldRebalance()).isFalse();
    }

    @Test
    void acceptsACompleteAssignment() {
        Membership membership = join(OnLoss.NOTHING, Optional.of("one"));
        consumer.rebalance(ALL);

        membership.look();

        assertThat(consumer.shouldRebalance()).isFalse();
        assertThat(membership.lastOf(2)).isNull();
        assertThat(Set.copyOf(consumer.assignment())).isEqualTo(Set.copyOf(ALL));
    }

    private static ConsumerRecord<String, byte[]> record(long offset) {
        return new ConsumerRecord<>(NODES.topic(), NODES.partition(), offset, "k", new byte[0]);
    }
}
