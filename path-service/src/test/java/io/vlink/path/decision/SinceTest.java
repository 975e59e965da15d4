package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.reasons.Remark;
import io.vlink.events.reasons.Violation;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every message about a wait or a problem contains the time since which it applies, and keeps that time. */
final class SinceTest {

    private static final Duration LATER = Duration.ofSeconds(90);

    private final World world = World.ofTheGuide();
    private final Instant start = world.now();

    @Test
    void aLinkIsDownSinceItsGatewayReportedIt() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide()).act();
        world.down("link-cd").pass(LATER);

        // When
        PathDecision down = world.decide("n");

        // Then
        assertThat(since(down.impairments().getFirst())).isEqualTo(start);
        assertThat(world.pass(LATER)
                        .declare("late", VlinkRequest.ofTheGuide())
                        .decide("late")
                        .violations())
                .singleElement()
                .satisfies(refused -> {
                    assertThat(since(refused)).isEqualTo(start);
                    assertThat(refused.message()).endsWith(" (since 2026-11-23T12:00:00Z).");
                });
    }

    @Test
    void theSameReportOfAnotherGatewayLeadsToNoDecision() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide()).down("link-cd").act();

        // When
        world.pass(LATER).down("link-cd");

        // Then
        assertThat(world.act().made()).isEmpty();
        assertThat(world.restart().made()).isEmpty();
    }

    @Test
    void aLinkThatWasUpInBetweenIsDownSinceTheSecondOutage() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide()).down("link-cd").act();
        world.pass(LATER).up("link-cd").act();

        // When
        PathDecision down = world.pass(LATER).down("link-cd").decide("n");

        // Then
        assertThat(since(down.impairments().getFirst())).isEqualTo(world.now());
    }

    @Test
    void aSendingPortIsDownSinceTheReportAlsoForLaterRequests() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide()).act();
        PathDecision down = world.portUp("node-c", "to-d", false).decide("n");

        // When
        world.pass(LATER).declare("late", VlinkRequest.ofTheGuide());

        // Then
        assertThat(since(down.impairments().getFirst())).isEqualTo(start);
        assertThat(since(world.decide("late").violations().getFirst())).isEqualTo(start);
        assertThat(world.restart().made()).isEmpty();
    }

    @Test
    void maintenanceOfBothDirectionsIsReportedOnce() {
        // Given
        world.declare("n", VlinkRequest.path("ac", "cd")).act();

        // When
        world.pass(LATER).editNode("node-c", Edits.nodeMaintenance(true)).act();
        world.pass(LATER).down("link-ac").act();

        // Then
        assertThat(world.decision("n").impairments())
                .filteredOn(impairment -> impairment.reason().equals("NodeMaintenance"))
                .allSatisfy(impairment -> assertThat(since(impairment)).isEqualTo(start.plus(LATER)))
                .extracting(Impairment::message)
                .containsOnly("The node node-c is in maintenance (since 2026-11-23T12:01:30Z).");
    }

    @Test
    void aRefusalKeepsItsTimeWhenItsNumbersChange() {
        // Given
        world.declare("first", VlinkRequest.path("ac").bits(900_000_000)).act();
        world.declare("n", VlinkRequest.path("ac").bits(600_000_000));
        Violation refused = world.decide("n").violations().getFirst();
        assertThat(refused.message()).endsWith(" (waiting since 2026-11-23T12:00:00Z).");

        // When: there is more room, but not enough
        world.pass(LATER).editLink("link-ac", Edits.capacity(1_100_000_000)).act();

        // Then
        Violation still = world.decision("n").violations().getFirst();
        assertThat(still.message()).isNotEqualTo(refused.message()).contains("200 Mbit/s");
        assertThat(since(still)).isEqualTo(start);
        assertThat(world.restart().made()).isEmpty();

        // When: the user requests something else
        world.declare("n", VlinkRequest.path("ac").bits(700_000_000)).act();

        // Then
        assertThat(since(world.decision("n").violations().getFirst())).isEqualTo(world.now());
    }

    @Test
    void anAttachmentReportsSinceWhenItWaits() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide()).attachTo("n", "ping", "node-a", "tap-9");

        // When
        world.act();
        world.pass(LATER).attach("n", "second", "node-a", "tap-1").act();

        // Then
        assertThat(state("ping").reason()).isEqualTo("PortUnknown");
        assertThat(state("ping").since()).isEqualTo(start);
        assertThat(state("ping").message()).endsWith(" (since 2026-11-23T12:00:00Z).");
        assertThat(state("second").reason()).isEqualTo("EndTaken");
        assertThat(state("second").message()).endsWith(" (waiting since 2026-11-23T12:01:30Z).");
        assertThat(world.restart().made()).isEmpty();

        // When
        world.port("node-a", "tap-9");

        // Then
        assertThat(world.decide("n")).isNotNull();
        assertThat(state("ping").since()).isNull();
    }

    @Test
    void aPortIsDownSinceTheReportAlsoForLaterAttachments() {
        // Given
        world.port("node-a", "tap-1");
        world.portUp("node-a", "tap-1", false).pass(LATER);

        // When
        world.declare("n", VlinkRequest.ofTheGuide())
                .attach("n", "ping", "node-a", "tap-1")
                .act();

        // Then
        assertThat(state("ping").reason()).isEqualTo("PortDown");
        assertThat(state("ping").since()).isEqualTo(start);
        assertThat(world.pass(LATER).portUp("node-a", "tap-1", false).act().made())
                .isEmpty();
        assertThat(world.restart().made()).isEmpty();
    }

    @Test
    void aTopologyChangeKeepsItsTimeWhenItsReasonChanges() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide()).act();
        world.withdrawLink("link-cd").act();
        Impairment changed = world.decision("n").impairments().getFirst();
        assertThat(since(changed)).isEqualTo(start);

        // When
        world.pass(LATER).down("link-de").act();

        // Then
        assertThat(world.decision("n").impairments())
                .filteredOn(impairment -> impairment.reason().equals("TopologyChanged"))
                .singleElement()
                .satisfies(impairment -> assertThat(since(impairment)).isEqualTo(start));
    }

    @Test
    void aMessageWithoutATimeStaysWithoutOne() {
        // Given
        world.declare("n", VlinkRequest.ofTheGuide()).attachTo("n", "ping", "node-a", "tap-9");
        world.declare("over", VlinkRequest.path("ac").bits(2_000_000_000));
        world.down("link-cd").act();
        world.decisions.replaceAll((name, decision) -> untimed(decision));

        // Then
        assertThat(world.restart().made()).isEmpty();
        assertThat(world.pass(LATER).down("link-cd").act().made()).isEmpty();
    }

    private static PathDecision untimed(PathDecision told) {
        return new PathDecision(
                told.id(),
                told.revision(),
                told.outcome(),
                World.bare(told.violations()),
                told.current(),
                told.retiring(),
                World.bare(told.impairments()),
                told.attachments().stream().map(World::bare).toList(),
                told.decidedAt());
    }

    private static Instant since(Remark<?> remark) {
        assertThat(remark.since()).as(remark.message()).isNotNull();
        return Objects.requireNonNull(remark.since());
    }

    private AttachmentState state(String attachment) {
        return world.decision("n").attachments().stream()
                .filter(state -> state.attachment().equals(attachment))
                .findFirst()
                .orElseThrow();
    }
}
