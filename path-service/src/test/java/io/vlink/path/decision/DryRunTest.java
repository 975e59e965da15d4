package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vlink.events.Direction;
import io.vlink.events.dryruns.DryRunResult;
import io.vlink.events.dryruns.ForecastLink;
import io.vlink.events.dryruns.ForecastRoute;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.reasons.Violation;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A dry run has the result of a real decision, and takes nothing. */
final class DryRunTest {

    private final World world = World.ofTheGuide();

    @Test
    void reportsThePathAndTheFreeResourcesOfItsLinks() {
        // Given
        world.declare("other", VlinkRequest.ofTheGuide().bits(400_000_000)).act();

        // When
        DryRunResult result = world.dryRun("net", VlinkRequest.ofTheGuide().bits(600_000_000));

        // Then
        assertThat(result.outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(result.violations()).isEmpty();
        ForecastRoute forward = Objects.requireNonNull(result.forward());
        assertThat(forward.nodes()).containsExactly("node-a", "node-c", "node-d", "node-e");
        assertThat(forward.links().getFirst())
                .isEqualTo(new ForecastLink("link-ac", 200_000, World.GIGABIT, 600_000_000, 4093));
        assertThat(forward.latencyNanos()).isEqualTo(600_000);
        assertThat(forward.bandwidthBits()).isEqualTo(600_000_000);
        assertThat(forward.freeMeters()).isEqualTo(65_534);
        assertThat(Objects.requireNonNull(result.reverse()).nodes())
                .containsExactly("node-e", "node-d", "node-b", "node-a");
    }

    @Test
    void reportsTheSameViolationsAsARealRefusal() {
        VlinkRequest request = VlinkRequest.ofTheGuide().bits(2_000_000_000).nanos(1_000);

        DryRunResult result = world.dryRun("net", request);
        List<Violation> real = world.declare("net", request).decide("net").violations();

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.violations()).hasSizeGreaterThan(3).isEqualTo(World.bare(real));
        assertThat(Objects.requireNonNull(result.forward()).links())
                .extracting(ForecastLink::link, ForecastLink::freeBits)
                .contains(tuple("link-cd", World.GIGABIT));
    }

    @Test
    void takesNothingFromOtherNetworks() {
        // Given
        World unasked = World.ofTheGuide();
        for (World each : List.of(world, unasked)) {
            each.declare("first", VlinkRequest.ofTheGuide().bits(1_000)).act();
            each.withdraw("first").act();
            each.confirmRemoved("first").act();
            each.pass(Duration.ofSeconds(3)).act();
        }

        // When
        for (int i = 0; i < 20; i++) {
            assertThat(world.dryRun("n" + i, VlinkRequest.ofTheGuide().bits(1_000))
                            .outcome())
                    .isEqualTo(Outcome.ADMITTED);
        }

        // Then
        assertThat(world.isIdle()).isTrue();
        for (String name : List.of("second", "third")) {
            Circuit circuit =
                    world.declare(name, VlinkRequest.ofTheGuide().bits(1_000)).admitted(name);
            assertThat(circuit)
                    .isEqualTo(unasked.declare(name, VlinkRequest.ofTheGuide().bits(1_000))
                            .admitted(name));
        }
    }

    @Test
    void anEditDoesNotCompeteWithItself() {
        world.declare("net", VlinkRequest.ofTheGuide().bits(600_000_000)).act();

        DryRunResult result = world.dryRun("net", VlinkRequest.ofTheGuide().bits(900_000_000));

        assertThat(result.outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.decision("net").current()).isEqualTo(world.admitted("net"));
        assertThat(Objects.requireNonNull(world.decision("net").current())
                        .route(Direction.FORWARD)
                        .bandwidthBits())
                .isEqualTo(600_000_000);
    }

    @Test
    void reportsTheFutureAttachmentOfAnEndpoint() {
        // Given
        world.declare("net", VlinkRequest.ofTheGuide())
                .attach("net", "one", "node-a", "tap-1")
                .act();

        // When
        DryRunResult taken = world.dryRunAttaching("net", "two", "node-a", "tap-2");
        DryRunResult free = world.dryRunAttaching("net", "three", "node-e", "tap-3");

        // Then
        assertThat(state(taken, "two").reason()).isEqualTo("EndTaken");
        assertThat(state(free, "three").holds()).isTrue();
        assertThat(world.decide("net").attachments()).hasSize(1);
        assertThat(world.dryRunAttaching("none", "x", "node-a", "tap-4").attachments())
                .isEmpty();
    }

    private static AttachmentState state(DryRunResult result, String attachment) {
        return result.attachments().stream()
                .filter(state -> state.attachment().equals(attachment))
                .findFirst()
                .orElseThrow();
    }
}
