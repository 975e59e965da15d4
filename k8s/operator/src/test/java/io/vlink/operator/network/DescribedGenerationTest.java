package io.vlink.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Answer;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.operator.Kstatus;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generation that a network's conditions describe, as kstatus and {@code kubectl wait} see it. */
final class DescribedGenerationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final NetworkId ID = new NetworkId("o", "ns", "n");

    private final L2Network resource = new L2Network();
    private @Nullable Network recorded;
    private @Nullable NetworkStatus status;
    private @Nullable PendingRequest asked;

    /** Generation 1 of the resource serves; it was recorded as generation 105. */
    @BeforeEach
    void serve() {
        spec(1, "20M");
        round();
        round();
        answer(new Answer.Recorded("r", ID.toString(), null, 105, true, true));
        record(105);
        told(105, Phase.READY, 105, "Fine", "Traffic passes.");
        round();
    }

    @Test
    void aServingNetworkIsCurrent() {
        assertThat(kstatus()).isEqualTo(Kstatus.CURRENT);
        assertThat(described("Ready")).isEqualTo(1);
        assertThat(endsWait()).isTrue();
    }

    @Test
    void anEditIsNotReadyBeforeItServes() {
        // When: nothing answers the edit, in the first round and after the status was written
        spec(2, "30M");
        round();
        isInProgress();
        round();
        isInProgress();

        // When: it is recorded, but path-service has not decided
        answer(new Answer.Recorded("r", ID.toString(), null, 106, true, false));
        record(106);
        round();
        isInProgress();

        // When: it is decided, and the earlier generation still carries the traffic
        told(106, Phase.PROGRAMMING, 105, "Replacing", "Generation 105 carries the traffic.");
        round();
        isInProgress();
        assertThat(message("Ready")).isEqualTo("Generation 1 carries the traffic.");
        assertThat(described("Accepted")).isEqualTo(2);

        // When: it serves
        told(106, Phase.READY, 106, "Fine", "Traffic passes.");
        round();

        // Then
        assertThat(kstatus()).isEqualTo(Kstatus.CURRENT);
        assertThat(described("Ready")).isEqualTo(2);
        assertThat(endsWait()).isTrue();
    }

    @Test
    void anEditThatAnotherProcessMadeIsNotTakenForRecorded() {
        // Given: the status of the edit was written, and the process ended before network-api answered
        spec(2, "30M");
        round();
        asked = null;

        // When
        round();

        // Then
        isInProgress();
    }

    @Test
    void aServingNetworkStaysCurrentOverARestart() {
        asked = null;

        round();

        assertThat(kstatus()).isEqualTo(Kstatus.CURRENT);
    }

    @Test
    void anEditThatPathServiceRefusesIsStalledAndTheEarlierGenerationIsReady() {
        // When
        spec(2, "30M");
        round();
        answer(new Answer.Recorded("r", ID.toString(), null, 106, true, false));
        record(106);
        round();
        status = new NetworkStatus(
                ID,
                new Revision(106, 1, 0),
                0,
                Phase.READY,
                List.of(
                        condition(Condition.Type.ACCEPTED, false, "BandwidthExceeded", "Too much.", 106),
                        condition(
                                Condition.Type.READY,
                                true,
                                "ServingEarlierGeneration",
                                "Generation 106 was refused; generation 105 still serves.",
                                105)),
                List.of("a", "b"),
                List.of("b", "a"),
                List.of(),
                List.of());
        round();

        // Then
        assertThat(kstatus()).isEqualTo(Kstatus.FAILED);
        assertThat(endsWait()).isFalse();
        assertThat(described("Ready")).isEqualTo(1);
        assertThat(message("Ready")).isEqualTo("Generation 2 was refused; generation 1 still serves.");
        assertThat(message("Stalled")).isEqualTo("Too much.");
        assertThat(now().phase()).isEqualTo("Refused");
        assertThat(now().message()).isEqualTo("Too much.");
    }

    @Test
    void anEditThatNetworkApiRefusesIsStalledAndTheEarlierGenerationIsReady() {
        // When
        spec(2, "-1");
        round();
        answer(new Answer.Refused("r", ID.toString(), null, List.of(new Violation("$", "OutOfRange", "No."))));
        round();

        // Then
        assertThat(kstatus()).isEqualTo(Kstatus.FAILED);
        assertThat(endsWait()).isFalse();
        assertThat(described("Ready")).isEqualTo(1);
        assertThat(described("Accepted")).isEqualTo(2);

        // When: the edit is taken back
        spec(3, "20M");
        round();
        isInProgress();
        answer(new Answer.Recorded("r", ID.toString(), null, 105, false, false));
        round();

        // Then
        assertThat(kstatus()).isEqualTo(Kstatus.CURRENT);
        assertThat(described("Ready")).isEqualTo(3);
    }

    @Test
    void whileKafkasDataIsInDoubtAnEditIsNotShownAsAccepted() {
        // When
        spec(2, "30M");
        resource.setStatus(
                NetworkPlan.doubted(resource, "Kafka was emptied.", NOW).status());

        // Then
        assertThat(kstatus()).isEqualTo(Kstatus.IN_PROGRESS);
        assertThat(described("Accepted")).isEqualTo(1);
    }

    @Test
    void waitingIsInProgressAndATakenNameIsStalled() {
        // When
        resource.setStatus(null);
        recorded = null;
        overlay = null;
        round();

        // Then
        assertThat(kstatus()).isEqualTo(Kstatus.IN_PROGRESS);
        assertThat(Kstatus.find(now().conditions(), "Reconciling")).isNotNull();

        // When
        overlay = "o";
        record(7);
        round();

        // Then
        assertThat(kstatus()).isEqualTo(Kstatus.FAILED);
    }

    private @Nullable String overlay = "o";

    private void spec(long generation, String bandwidth) {
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("n")
                .withGeneration(generation)
                .build());
        resource.setSpec(new L2NetworkSpec(NetworkKind.VLINK, bandwidth, null, null, null, null, null, null, null));
    }

    private void round() {
        NetworkPlan plan = NetworkPlan.of(
                resource,
                new NetworkPlan.NetworkFacts(true, overlay, recorded, status, asked, NetworkPlan.Missing.NOBODY),
                PATIENCE,
                NOW);
        OperatorRequest request = plan.request();
        if (request != null) {
            asked = new PendingRequest(request, "r", NOW, null);
        }
        resource.setStatus(plan.status());
    }

    private void answer(Answer answer) {
        asked = Objects.requireNonNull(asked).answered(answer);
    }

    private void record(long generation) {
        recorded = new Network(
                ID, generation, false, NOW, new Vlink(new PathSpec(null, "a", "b", null, null), null, Protection.NONE));
    }

    private void told(long generation, Phase phase, long ready, String reason, String message) {
        List<Condition> all = new ArrayList<>();
        for (Condition.Type type :
                List.of(Condition.Type.ACCEPTED, Condition.Type.ATTACHED, Condition.Type.PROGRAMMED)) {
            all.add(condition(type, true, "Fine", "", generation));
        }
        all.add(condition(Condition.Type.READY, true, reason, message, ready));
        status = new NetworkStatus(
                ID,
                new Revision(generation, 1, 0),
                0,
                phase,
                all,
                List.of("a", "b"),
                List.of("b", "a"),
                List.of(),
                List.of());
    }

    private static Condition condition(
            Condition.Type type, boolean holds, String reason, String message, long generation) {
        return new Condition(
                type, holds ? Condition.Truth.TRUE : Condition.Truth.FALSE, reason, message, generation, NOW);
    }

    private void isInProgress() {
        assertThat(kstatus()).as("%s", now().conditions()).isEqualTo(Kstatus.IN_PROGRESS);
        assertThat(endsWait()).as("%s", now().conditions()).isFalse();
        assertThat(now().phase()).isNotEqualTo("Ready");
        assertThat(Objects.requireNonNull(now().conditions()))
                .filteredOn(condition -> condition.getType().equals("Ready"))
                .allMatch(condition -> condition.getStatus().equals("Unknown"));
    }

    private L2NetworkStatus now() {
        return Objects.requireNonNull(resource.getStatus());
    }

    private Kstatus kstatus() {
        return Kstatus.of(resource, now().observedGeneration(), now().conditions());
    }

    private boolean endsWait() {
        return Kstatus.endsWait(resource, now().observedGeneration(), now().conditions(), "Ready");
    }

    private long described(String type) {
        return Objects.requireNonNull(Kstatus.find(now().conditions(), type)).getObservedGeneration();
    }

    private String message(String type) {
        return Objects.requireNonNull(Kstatus.find(now().conditions(), type)).getMessage();
    }
}
