package io.vlink.events.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.reasons.Violation;
import io.vlink.events.services.Caveats.StatusFacts;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The corrections to a status while the services that write it are missing. */
class CaveatsTest {

    private static final Instant BEFORE = Instant.parse("2026-03-01T09:00:00Z");
    private static final Instant SINCE = Instant.parse("2026-03-01T10:00:00Z");
    private static final NetworkId ID = new NetworkId("default", "default", "wire");
    private static final Caveats NO_PATHS = new Caveats(new Absence("path-service", SINCE, "is away"), null);
    private static final Caveats NO_FLOWS = new Caveats(null, new Absence("flow-service", SINCE, "is away"));

    @Test
    void reportsDelayedDecisions() {
        // When
        List<Condition> shown = NO_PATHS.conditions(new StatusFacts(1, false, null, null, true));

        // Then
        says(
                shown,
                Condition.Type.ACCEPTED,
                Truth.UNKNOWN,
                "DecisionsDelayed",
                "Generation 1 is recorded, but decisions are delayed since 2026-03-01T10:00:00Z: path-service is away."
                        + " Nothing is lost: it will be decided afterwards.");
        assertThat(find(shown, Condition.Type.READY).status()).isEqualTo(Truth.FALSE);
        assertThat(find(shown, Condition.Type.READY).lastTransitionTime()).isEqualTo(SINCE);
    }

    @Test
    void reportsADelayedDeletionWhoseRulesRemainMeanwhile() {
        // When
        List<Condition> shown =
                NO_PATHS.conditions(new StatusFacts(2, true, ready(1), decision(1, Outcome.ADMITTED), true));

        // Then
        says(
                shown,
                Condition.Type.ACCEPTED,
                Truth.UNKNOWN,
                "DecisionsDelayed",
                "The deletion (generation 2) is recorded, but decisions are delayed since 2026-03-01T10:00:00Z:"
                        + " path-service is away. Nothing is lost: it will be decided afterwards."
                        + " Until then its rules stay in the switches.");
        assertThat(find(shown, Condition.Type.READY).status())
                .as("generation 1 still serves")
                .isEqualTo(Truth.TRUE);
        assertThat(shown).extracting(Condition::type).containsExactly("Accepted", "Ready");
    }

    @Test
    void reportsADelayedAttachment() {
        List<Condition> shown = NO_PATHS.conditions(
                new StatusFacts(1, false, status(1, Truth.FALSE), decision(1, Outcome.ADMITTED), false));

        assertThat(find(shown, Condition.Type.ATTACHED).message())
                .startsWith("An attachment is recorded, but decisions are delayed");
        assertThat(find(shown, Condition.Type.ACCEPTED).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void addsACaveatToReadyWhileTheLinksAreNotMonitored() {
        // When
        List<Condition> shown =
                NO_PATHS.conditions(new StatusFacts(1, false, ready(1), decision(1, Outcome.ADMITTED), true));

        // Then
        says(
                shown,
                Condition.Type.READY,
                Truth.TRUE,
                "Serving",
                "It works. As last known: path-service is away since 2026-03-01T10:00:00Z, so link failures are"
                        + " neither reported nor repaired.");
    }

    @Test
    void doesNotReportReadyIfTheStateCannotBeConfirmed() {
        // When
        List<Condition> shown =
                NO_FLOWS.conditions(new StatusFacts(1, false, ready(1), decision(1, Outcome.ADMITTED), true));

        // Then
        says(
                shown,
                Condition.Type.READY,
                Truth.UNKNOWN,
                "StatusesDelayed",
                "The state cannot be confirmed: rules and statuses are delayed since 2026-03-01T10:00:00Z: flow-service"
                        + " is away. As last known: It works.");
        assertThat(find(shown, Condition.Type.READY).lastTransitionTime()).isEqualTo(SINCE);
    }

    @Test
    void blamesFlowServiceIfPathServiceHasDecided() {
        // When
        List<Condition> shown =
                NO_FLOWS.conditions(new StatusFacts(1, false, null, decision(1, Outcome.ADMITTED), true));

        // Then
        assertThat(find(shown, Condition.Type.ACCEPTED).reason()).isEqualTo("Admitted");
        says(
                shown,
                Condition.Type.READY,
                Truth.FALSE,
                "StatusesDelayed",
                "Generation 1 is decided, but rules and statuses are delayed since 2026-03-01T10:00:00Z: flow-service is"
                        + " away. Nothing is lost: the switches will be updated afterwards.");
    }

    @Test
    void reportsARefusalWithoutAStatus() {
        List<Condition> shown =
                NO_FLOWS.conditions(new StatusFacts(1, false, null, decision(1, Outcome.REFUSED), true));

        says(shown, Condition.Type.ACCEPTED, Truth.FALSE, "NoPath", "There is no path.");
    }

    @Test
    void addsNothingWhileAllServicesArePresent() {
        assertThat(Caveats.NONE.conditions(new StatusFacts(1, false, ready(1), decision(1, Outcome.ADMITTED), true)))
                .isEqualTo(ready(1).conditions());
    }

    private static NetworkStatus ready(long generation) {
        return status(generation, Truth.TRUE);
    }

    private static NetworkStatus status(long generation, Truth ready) {
        return new NetworkStatus(
                ID,
                new Revision(generation, 1, 0),
                1,
                Phase.READY,
                List.of(
                        new Condition(Condition.Type.ACCEPTED, Truth.TRUE, "Admitted", "Reserved.", generation, BEFORE),
                        new Condition(Condition.Type.READY, ready, "Serving", "It works.", generation, BEFORE)),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static PathDecision decision(long generation, Outcome outcome) {
        return new PathDecision(
                ID,
                new Revision(generation, 1, 0),
                outcome,
                outcome == Outcome.REFUSED
                        ? List.of(new Violation("$.path", "NoPath", "There is no path."))
                        : List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                BEFORE);
    }

    private static void says(List<Condition> shown, Condition.Type type, Truth truth, String reason, String message) {
        Condition condition = find(shown, type);
        assertThat(condition.status()).isEqualTo(truth);
        assertThat(condition.reason()).isEqualTo(reason);
        assertThat(condition.message()).isEqualTo(message);
    }

    private static Condition find(List<Condition> shown, Condition.Type type) {
        return shown.stream()
                .filter(condition -> condition.is(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " is not in " + shown));
    }
}
