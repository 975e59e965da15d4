package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The removal of a network, from the request until it is deleted. */
final class RemovalTest {

    private final World world = World.ofTheGuide();

    @Test
    void aNetworkIsRemovedThenQuarantinedThenDeleted() {
        // Given
        world.declare("sample", VlinkRequest.ofTheGuide().bits(1_000_000));
        Circuit circuit = world.admitted("sample");

        // When
        PathDecision withdrawn = world.withdraw("sample").decide("sample");
        assertThat(withdrawn.outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(withdrawn.current()).isNull();
        assertThat(withdrawn.revision().generation()).isEqualTo(2);
        assertThat(withdrawn.retiring()).singleElement().satisfies(removal -> assertThat(removal.circuit())
                .isEqualTo(circuit));
        PathDecision removed = world.confirmRemoved("sample").decide("sample");
        assertThat(removed.retiring()).isEmpty();
        assertThat(world.inQuarantine.values()).singleElement().satisfies(quarantined -> assertThat(quarantined.until())
                .isEqualTo(world.now().plusSeconds(2)));
        assertThat(world.deleteRecord("sample").act().removed()).containsExactly(World.id("sample"));
        assertThat(world.isIdle()).isFalse();
        Decisions last = world.pass(Duration.ofSeconds(2)).act();

        // Then
        assertThat(last.made()).isEmpty();
        assertThat(last.endedQuarantines()).hasSize(1);
        assertThat(world.isIdle()).isTrue();
    }

    @Test
    void aNetworkWithoutARecordIsRemovedSomeTimeAfterARestart() {
        // Given
        world.declare("lost", VlinkRequest.ofTheGuide().bits(1_000_000));
        world.declare("kept", VlinkRequest.ofTheGuide());
        Circuit circuit = world.admitted("lost");
        world.admitted("kept");

        // When: only the record is deleted, which changes nothing; then a restart
        world.deleteRecord("lost");
        assertThat(world.act().made()).isEmpty();
        Decisions loaded = world.restart();

        // Then: a gateway has time to find that Kafka's data has changed
        assertThat(loaded.made()).isEmpty();
        Decisions later = world.pass(OverlayDecider.ORPHANS_STAY).act();
        assertThat(later.made()).singleElement().satisfies(decision -> {
            assertThat(decision.id()).isEqualTo(World.id("lost"));
            assertThat(decision.outcome()).isEqualTo(Outcome.WITHDRAWN);
            assertThat(decision.retiring()).singleElement().satisfies(removal -> assertThat(removal.circuit())
                    .isEqualTo(circuit));
        });
        assertThat(world.confirmRemoved("lost").act().removed()).containsExactly(World.id("lost"));
    }

    @Test
    void returnsItsNextWakeUpTime() {
        world.declare("sample", VlinkRequest.ofTheGuide()).act();
        assertThat(world.withdraw("sample").act().wakeAt())
                .isEqualTo(world.now().plus(World.SETTINGS.removalDeadline()));
        assertThat(world.confirmRemoved("sample").act().wakeAt())
                .isEqualTo(world.now().plus(World.SETTINGS.labelQuarantine()));
    }

    @Test
    void theDecisionStaysUntilTheRecordIsDeleted() {
        // Given
        world.declare("sample", VlinkRequest.ofTheGuide()).act();
        world.withdraw("sample").act();
        world.confirmRemoved("sample").act();

        // When
        Decisions afterQuarantine = world.pass(Duration.ofSeconds(2)).act();

        // Then
        assertThat(afterQuarantine.removed()).isEmpty();
        assertThat(world.inQuarantine).isEmpty();
        assertThat(world.deleteRecord("sample").act().removed()).containsExactly(World.id("sample"));
    }

    @Test
    void aNetworkRemovedBeforeItsFirstDecisionGetsADecision() {
        world.declare("brief", VlinkRequest.ofTheGuide()).withdraw("brief");

        PathDecision decision = world.decide("brief");
        assertThat(decision.outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(decision.retiring()).isEmpty();
        assertThat(world.deleteRecord("brief").act().removed()).hasSize(1);
    }

    @Test
    void aRefusedNetworkIsRemovedWithoutACircuitToRemove() {
        world.declare("refused", VlinkRequest.path("nowhere")).act();

        PathDecision decision = world.withdraw("refused").decide("refused");

        assertThat(decision.outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(decision.violations()).isEmpty();
        assertThat(decision.retiring()).isEmpty();
    }

    @Test
    void aNetworkCreatedAgainGetsACircuitBesideTheOneBeingRemoved() {
        // Given
        world.declare("again", VlinkRequest.ofTheGuide());
        Circuit old = world.admitted("again");
        world.withdraw("again").act();

        // When
        world.declare("again", VlinkRequest.ofTheGuide());

        // Then
        Circuit circuit = world.admitted("again");
        PathDecision decision = world.decision("again");
        assertThat(circuit.number()).isNotEqualTo(old.number());
        assertThat(decision.retiring()).hasSize(1);
        assertThat(decision.revision().generation()).isEqualTo(3);
        world.confirmRemoved("again").act();
        world.pass(Duration.ofSeconds(2)).act();
        assertThat(world.decision("again").current()).isEqualTo(circuit);
        assertThat(world.inQuarantine).isEmpty();
    }

    @Test
    void aNetworkCreatedAgainInTheSameTurnKeepsItsCircuit() {
        // Given
        world.declare("again", VlinkRequest.ofTheGuide());
        Circuit old = world.admitted("again");

        // When
        world.withdraw("again").declare("again", VlinkRequest.ofTheGuide());

        // Then
        assertThat(world.admitted("again").number()).isEqualTo(old.number());
        assertThat(world.decision("again").retiring()).isEmpty();
    }

    @Test
    void stepsGrowAcrossGenerations() {
        world.declare("n", VlinkRequest.ofTheGuide()).act();
        long first = world.decision("n").revision().step();
        world.withdraw("n").act();
        long second = world.decision("n").revision().step();
        world.restart();
        world.declare("n", VlinkRequest.ofTheGuide()).act();

        assertThat(second).isGreaterThan(first);
        assertThat(world.decision("n").revision().step()).isGreaterThan(second);
    }

    @Test
    void aCircuitStaysTakenAfterTheRemovalDeadline() {
        // Given
        world.declare("stuck", VlinkRequest.path("ac").bits(600_000_000)).act();
        world.withdraw("stuck").act();

        // When
        world.pass(Duration.ofSeconds(29)).act();
        assertThat(world.decision("stuck").retiring().getFirst().quarantined()).isFalse();
        world.pass(Duration.ofSeconds(1));

        // Then
        assertThat(world.decide("stuck").retiring().getFirst().quarantined()).isTrue();
        world.deleteRecord("stuck");
        assertThat(world.act().removed()).isEmpty();
        assertThat(world.restart().made()).isEmpty();
        world.declare("other", VlinkRequest.path("ac").bits(600_000_000));
        assertThat(world.decide("other").outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(world.confirmRemoved("stuck").act().removed()).containsExactly(World.id("stuck"));
        assertThat(world.admitted("other")).isNotNull();
    }

    @Test
    void aConfirmationOfAnEarlierDecisionDoesNotCount() {
        // Given: number 1 is removed once, is in quarantine, and is given to the same network again
        world.declare("n", VlinkRequest.path("ac"));
        long number = world.admitted("n").number();
        world.withdraw("n").act();
        PathDecision first = world.decision("n");
        world.confirmRemoved("n").act();
        world.pass(Duration.ofSeconds(2)).act();
        world.declare("n", VlinkRequest.path("ac"));
        assertThat(world.admitted("n").number()).isEqualTo(number);
        world.withdraw("n").act();

        // When
        world.confirmRemoved("n", first.revision(), List.of(number));

        // Then
        assertThat(world.act().made()).isEmpty();
        assertThat(world.decision("n").retiring()).hasSize(1);
        assertThat(world.restart().made()).isEmpty();
        assertThat(world.decision("n").retiring()).hasSize(1);
    }

    @Test
    void aConfirmationDuringAnOutageCountsAfterTheRestart() {
        // Given
        world.declare("n", VlinkRequest.path("ac")).act();
        world.withdraw("n").act();
        PathDecision decision = world.decision("n");

        // When
        world.statuses.put("n", world.status("n", decision.revision(), List.of(removalNumber(decision))));
        Decisions after = world.restart();

        // Then
        assertThat(after.made()).hasSize(1);
        assertThat(after.begunQuarantines()).hasSize(1);
    }

    @Test
    void attachmentsOutliveTheirNetwork() {
        // Given
        world.attach("n", "ping", "node-a", "tap-1")
                .declare("n", VlinkRequest.path("ac"))
                .act();
        assertThat(world.decision("n").attachments()).hasSize(1);

        // When
        world.withdraw("n").act();
        assertThat(world.decision("n").attachments()).isEmpty();
        world.confirmRemoved("n").act();
        world.deleteRecord("n");
        world.pass(Duration.ofSeconds(2)).act();
        world.declare("n", VlinkRequest.path("ac"));

        // Then
        assertThat(world.admitted("n").endpoints().getFirst().attachment()).isEqualTo("ping");
    }

    private static long removalNumber(PathDecision decision) {
        return Objects.requireNonNull(decision.retiring().getFirst()).circuit().number();
    }
}
