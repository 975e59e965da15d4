package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.usage.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Requests by REST that wait for their switches. */
class AskedWritesTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final Set<DatapathId> claimed = new HashSet<>();
    private final List<Thing.OfSwitch> released = new ArrayList<>();
    private final AwaitedSwitches awaited = new AwaitedSwitches(released::add);
    private int looks;
    private final AskedWrites asked = new AskedWrites(this::isReady, awaited);

    private boolean isReady(Request request) {
        looks++;
        return !(request instanceof Request.DeclareNode node)
                || claimed.contains(node.spec().datapathId());
    }

    @Test
    void looksAtEachRequestTwiceHoweverManyWait() {
        // Given
        int many = 5_000;
        for (int i = 0; i < many; i++) {
            asked.add(write("red", i));
        }
        assertThat(asked.next()).isNull();

        // When
        for (int i = many - 1; i >= 0; i--) {
            claim(i);
            assertThat(asked.next()).isNotNull();
            assertThat(asked.next()).isNull();
        }

        // Then
        assertThat(looks).isEqualTo(2 * many);
        assertThat(asked.isIdle()).isTrue();
    }

    @Test
    void oneThatWaitsForItsSwitchHoldsUpNoOther() {
        // Given
        PendingWrite node = write("red", 1);
        PendingWrite link = new PendingWrite(new Request.WithdrawLink("", new ResourceId("red", "l"), null), LONG);
        asked.add(node);
        asked.add(link);

        // Then
        assertThat(asked.next()).isSameAs(link);
        assertThat(asked.next()).isNull();
        claim(1);
        assertThat(asked.next()).isSameAs(node);
    }

    @Test
    void keepsTheOrderOfThoseThatWaitForOneSwitch() {
        // Given
        PendingWrite first = write("red", 1);
        PendingWrite second = write("red", 1);
        asked.add(first);
        asked.add(second);
        assertThat(asked.next()).isNull();
        PendingWrite third = write("red", 1);
        asked.add(third);

        // When
        claim(1);

        // Then
        assertThat(asked.next()).isSameAs(first);
        assertThat(asked.next()).isSameAs(second);
        assertThat(asked.next()).isSameAs(third);
    }

    @Test
    void releasesAllInTheirOrder() {
        // Given
        PendingWrite first = write("red", 2);
        PendingWrite second = write("red", 1);
        asked.add(first);
        asked.add(second);
        assertThat(asked.next()).isNull();
        claimed.addAll(List.of(new DatapathId(1), new DatapathId(2)));

        // When
        asked.releaseAll();

        // Then
        assertThat(asked.next()).isSameAs(first);
        assertThat(asked.next()).isSameAs(second);
    }

    @Test
    void aSwitchIsAwaitedUntilTheLastThatNeedsItIsTaken() {
        // Given
        asked.add(write("red", 1));
        asked.add(write("red", 1));
        assertThat(asked.next()).isNull();
        claim(1);

        // When
        assertThat(asked.next()).isNotNull();

        // Then
        assertThat(awaited.contains(of(1))).isTrue();
        assertThat(released).isEmpty();
        assertThat(asked.next()).isNotNull();
        assertThat(awaited.contains(of(1))).isFalse();
        assertThat(released).containsExactly(of(1));
    }

    @Test
    void forgetsThoseWhoseCallersHaveTheirAnswerWhileTheClaimStaysAway() {
        // Given
        PendingWrite late = new PendingWrite(node("red", 1), Duration.ZERO);
        await().until(late::isOver);
        PendingWrite refused = write("red", 1);
        asked.add(refused);
        assertThat(asked.next()).isNull();
        refused.refuse();

        // When
        PendingWrite patient = write("red", 1);
        asked.add(patient);
        asked.add(late);

        // Then: what is over is handed out at once, or is gone
        assertThat(asked.next()).isSameAs(late);
        assertThat(asked.next()).isNull();
        claim(1);
        assertThat(asked.next()).isSameAs(patient);
        assertThat(asked.next()).isNull();
        assertThat(awaited.all()).isEmpty();
    }

    private void claim(int number) {
        claimed.add(new DatapathId(number));
        asked.release(of(number));
    }

    private static Thing.OfSwitch of(int number) {
        return new Thing.OfSwitch("red", new DatapathId(number));
    }

    private static PendingWrite write(String overlay, int number) {
        return new PendingWrite(node(overlay, number), LONG);
    }

    private static Request.DeclareNode node(String overlay, int number) {
        return new Request.DeclareNode(
                "",
                new ResourceId(overlay, "n-" + number),
                null,
                new NodeSpec(new DatapathId(number), null, null, false));
    }
}
