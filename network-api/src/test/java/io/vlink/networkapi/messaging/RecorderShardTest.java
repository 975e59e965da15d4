package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.nodes.NodeSpec;
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
import org.apache.kafka.clients.producer.ProducerRecord;
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
    private final Claims claims = new Claims();
    private final RecorderShard shard = new RecorderShard(
            0,
            1,
            List::of,
            new Usage(),
            claims,
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

    @Test
    void keepsTheClaimsOfNodesThatWaitForTheirTurn() {
        // Given: more nodes than one turn decides, all of their switches claimed
        shard.loaded();
        shard.usageIsKnown();
        List<PendingWrite> asked = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            asked.add(new PendingWrite(node(i), LONG));
            shard.ask(asked.getLast());
        }
        assertThat(claimsIn(turn())).hasSize(25);
        for (int i = 0; i < 25; i++) {
            readClaim(i);
        }

        // When
        Outbox first = turn();

        // Then
        assertThat(decided(asked)).isEqualTo(MOST);
        assertThat(claimsIn(first)).as("none is given up").isEmpty();
        assertThat(claimsIn(turn())).isEmpty();
        assertThat(claimsIn(turn())).isEmpty();
        assertThat(decided(asked)).isEqualTo(25);
    }

    @Test
    void keepsTheClaimOfANodeThatWaitsBehindAnother() {
        // Given: both come from Kafka, so the second waits for the first
        shard.loaded();
        shard.usageIsKnown();
        for (int i = 0; i < 2; i++) {
            Request request = node(i);
            shard.on(new Entry(Topic.REQUESTS, 0, 100 + i, NOW, request.subject(), EventJson.write(request)));
        }
        assertThat(claimsIn(turn())).hasSize(2);

        // When: its claim is read before that of the first
        readClaim(1);

        // Then
        assertThat(claimsIn(turn())).as("it is not given up").isEmpty();
        readClaim(0);
        assertThat(claimsIn(turn())).isEmpty();
        assertThat(shard.undecidedFrom()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void givesUpTheClaimOfANodeWhoseCallHasExpired() {
        // Given
        shard.loaded();
        shard.usageIsKnown();
        PendingWrite late = new PendingWrite(node(0), Duration.ofMillis(1));
        shard.ask(late);
        await().until(late::isOver);
        PendingWrite other = new PendingWrite(node(0), LONG);
        shard.ask(other);
        assertThat(claimsIn(turn())).hasSize(1);
        other.refuse();

        // When
        readClaim(0);

        // Then
        assertThat(claimsIn(turn())).singleElement().satisfies(record -> assertThat(record.value())
                .isNull());
    }

    private void readClaim(int number) {
        claims.put(new DatapathId(number), "bulk");
        shard.claimRead("bulk", new DatapathId(number));
    }

    private static Request.DeclareNode node(int number) {
        return new Request.DeclareNode(
                "r-" + number,
                new ResourceId("bulk", "node-" + number),
                null,
                new NodeSpec(new DatapathId(number), null, null, false));
    }

    private Outbox turn() {
        Outbox out = new Outbox(1, "network-api");
        Instant unused = shard.act(out, NOW);
        out.succeeded();
        return out;
    }

    private static List<ProducerRecord<String, byte[]>> claimsIn(Outbox out) {
        return out.records().stream()
                .filter(record -> record.topic().equals(Topic.CLAIMS.topicName()))
                .toList();
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
