package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.requests.Answer;
import io.vlink.events.requests.Request;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Outbox;
import io.vlink.networkapi.usage.Claims;
import io.vlink.networkapi.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Turns of the recorder: each is bounded, and overlays share it. */
class RecorderShardTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int MOST = 10;

    /** A clock that goes on with each look at it. */
    private final AtomicLong clock = new AtomicLong();

    private long tick;
    private final RecorderShard shard = new RecorderShard(
            0,
            1,
            List::of,
            new Usage(),
            new Claims(),
            () -> false,
            begun -> {},
            new TurnLimit(MOST, Duration.ofMillis(10), () -> clock.addAndGet(tick)));

    @Test
    void decidesABoundedNumberInOneTurnAndTheRestInTheNext() {
        // Given
        shard.loaded();
        List<PendingWrite> asked = ask("bulk", 25);

        // Then
        assertThat(turn(shard)).as("the next turn follows at once").isEqualTo(NOW);
        assertThat(decided(asked)).isEqualTo(MOST);
        assertThat(turn(shard)).isEqualTo(NOW);
        assertThat(decided(asked)).isEqualTo(2 * MOST);
        assertThat(turn(shard)).as("nothing waits").isNull();
        assertThat(decided(asked)).isEqualTo(25);
        assertThat(asked).allSatisfy(write -> assertThat(write.answer().join()).isInstanceOf(Answer.Recorded.class));
    }

    @Test
    void endsATurnThatTakesTooLong() {
        // Given
        shard.loaded();
        List<PendingWrite> asked = ask("bulk", 25);
        tick = Duration.ofMillis(4).toNanos();

        // When
        Instant next = turn(shard);

        // Then
        assertThat(decided(asked)).isEqualTo(3);
        assertThat(next).isEqualTo(NOW);
    }

    @Test
    void decidesAtLeastOneInEachTurn() {
        // Given
        shard.loaded();
        List<PendingWrite> asked = ask("bulk", 2);
        tick = LONG.toNanos();

        // When
        Instant next = turn(shard);

        // Then
        assertThat(decided(asked)).isEqualTo(1);
        assertThat(next).isEqualTo(NOW);
    }

    @Test
    void anotherOverlaysCallIsDecidedInTheNextTurnHoweverManyWaitBeforeIt() {
        // Given
        shard.loaded();
        List<PendingWrite> bulk = ask("bulk", 1_000);
        List<PendingWrite> single = ask("other", 1);

        // When
        Instant unused = turn(shard);

        // Then
        assertThat(decided(single)).isEqualTo(1);
        assertThat(decided(bulk)).isEqualTo(MOST - 1);
    }

    @Test
    void recordsNothingOfACallThatHasExpired() {
        // Given
        shard.loaded();
        PendingWrite late = new PendingWrite(declare("bulk", 0), Duration.ZERO);
        shard.ask(late);
        await().until(late::isOver);
        Outbox out = new Outbox(1, "network-api");

        // When
        Instant next = shard.act(out, NOW);

        // Then
        assertThat(next).isNull();
        assertThat(out.records()).isEmpty();
    }

    @Test
    void boundsWhatComesFromKafkaToo() {
        // Given
        shard.loaded();
        for (int i = 0; i < 25; i++) {
            Request request = declare("bulk", i);
            shard.on(new Entry(Topic.REQUESTS, 0, 100 + i, NOW, request.subject(), EventJson.write(request)));
        }

        // Then
        assertThat(turn(shard)).isEqualTo(NOW);
        assertThat(shard.undecidedFrom()).as("the next owner gets the rest").isEqualTo(100 + MOST);
        assertThat(turn(shard)).isEqualTo(NOW);
        assertThat(turn(shard)).isNull();
        assertThat(shard.undecidedFrom()).isEqualTo(Long.MAX_VALUE);
    }

    private List<PendingWrite> ask(String overlay, int count) {
        List<PendingWrite> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PendingWrite write = new PendingWrite(declare(overlay, i), LONG);
            writes.add(write);
            shard.ask(write);
        }
        return writes;
    }

    private static Request.DeclareNetwork declare(String overlay, int number) {
        return new Request.DeclareNetwork(
                "r-" + number,
                new NetworkId(overlay, "default", "n-" + number),
                null,
                new Vlink(new PathSpec(null, "a", "b", null, null), null, Protection.RESTORE));
    }

    /** Takes a turn whose output Kafka accepts. */
    private static @Nullable Instant turn(RecorderShard shard) {
        Outbox out = new Outbox(1, "network-api");
        Instant next = shard.act(out, NOW);
        out.succeeded();
        return next;
    }

    private static long decided(List<PendingWrite> writes) {
        return writes.stream().filter(PendingWrite::isOver).count();
    }
}
