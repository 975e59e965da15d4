package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.vlink.events.paths.Outcome;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Thousands of networks at once: work for one is not repeated for all others. Deadlines allow for a slow machine. */
final class BulkTest {

    private static final int MANY = 4_000;

    private final World world = World.ofTheGuide();

    @Test
    void decidesThousandsOneByOneAndTogether() {
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            // When
            for (int i = 0; i < MANY / 2; i++) {
                world.declare("n" + i, VlinkRequest.ofTheGuide().bits(1_000)).act();
            }
            for (int i = MANY / 2; i < MANY; i++) {
                world.declare("n" + i, VlinkRequest.ofTheGuide().bits(1_000));
            }

            // Then
            assertThat(world.act().made()).hasSize(MANY / 2);
        });
    }

    @Test
    void networksThatWaitForMoreBandwidthCostNothing() {
        // Given: small networks that fill the link, and as many that need more than will be free for long
        for (int i = 0; i < MANY; i++) {
            world.declare("small" + i, VlinkRequest.path("ac").bits(World.GIGABIT / MANY));
        }
        world.act();
        for (int i = 0; i < MANY; i++) {
            world.declare("large" + i, VlinkRequest.path("ac").bits(World.GIGABIT / 2));
        }
        world.act();

        // When
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < MANY / 2; i++) {
                world.withdraw("small" + i).act();
                world.confirmRemoved("small" + i).act();
            }
        });

        // Then
        assertThat(world.decisions.values().stream()
                        .filter(decision ->
                                decision.id().name().startsWith("large") && decision.outcome() == Outcome.ADMITTED))
                .hasSize(1);
    }
}
