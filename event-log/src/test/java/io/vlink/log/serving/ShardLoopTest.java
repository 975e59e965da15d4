package io.vlink.log.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.events.Topic;
import io.vlink.log.Entry;
import io.vlink.log.LogConfig;
import io.vlink.log.LogConfigBuilder;
import io.vlink.log.Outbox;
import io.vlink.log.Shard;
import io.vlink.log.reading.WholeLog;
import io.vlink.log.writing.LastTransaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A shard serves only if the log reads exactly the topics that it handles. */
class ShardLoopTest {

    private final AtomicInteger restarts = new AtomicInteger();

    /** A shard that handles these topics. */
    private record Taking(Set<Topic> topics) implements Shard {

        @Override
        public void on(Entry entry) {}

        @Override
        public @Nullable Instant act(Outbox out, Instant now) {
            return null;
        }
    }

    @Test
    void servesIfAllHandledTopicsAreRead() {
        assertThat(served(Set.of(Topic.PATHS, Topic.RULES))).containsExactly(0);
        assertThat(restarts).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"LINK_SHARES", "NODES"})
    void servesNothingIfAHandledTopicIsNotRead(Topic unread) {
        assertThat(served(Set.of(Topic.PATHS, Topic.RULES, unread))).isEmpty();
        assertThat(restarts).hasValue(1);
    }

    @Test
    void servesNothingIfATopicIsReadButNotHandled() {
        assertThat(served(Set.of(Topic.PATHS))).isEmpty();
        assertThat(restarts).hasValue(1);
    }

    @Test
    void refusesAReaderOfWholeTopicsLikewise() {
        try (ShardLoop<Taking> decider = decider(Set.of())) {
            WholeLog.WholeLogReader reader = decider.wholeReader();
            LogConfig other = config(List.of(Topic.RULES, Topic.NODES));

            assertThatThrownBy(() -> new WholeLog(other, reader, new SimpleMeterRegistry()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[vlink.nodes] is only read");
        }
    }

    /**
     * Returns the partition numbers served by shards that handle these topics; vlink.paths is owned, vlink.rules read
     * whole.
     */
    private Set<Integer> served(Set<Topic> taken) {
        try (ShardLoop<Taking> decider = decider(taken)) {
            decider.wholeReader().loaded();
            decider.assigned(Set.of(0), 1);
            decider.loaded(0, Map.of(), null, new LastTransaction());
            return decider.servedPartitions();
        }
    }

    private ShardLoop<Taking> decider(Set<Topic> taken) {
        ShardLoop<Taking> decider = new ShardLoop<>(
                config(List.of(Topic.RULES)),
                (partition, epoch) -> new Taking(taken),
                Clock.systemUTC(),
                restarts::incrementAndGet,
                new SimpleMeterRegistry());
        decider.start();
        return decider;
    }

    private static LogConfig config(List<Topic> whole) {
        return LogConfigBuilder.of("test-log", "none:1", 1)
                .owned(Topic.PATHS)
                .whole(whole.toArray(Topic[]::new))
                .build();
    }
}
