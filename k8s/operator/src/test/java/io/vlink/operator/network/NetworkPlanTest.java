package io.vlink.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vlink.events.NetworkId;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Answer;
import io.vlink.events.services.Absence;
import io.vlink.events.services.Caveats;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NetworkPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final NetworkId ID = new NetworkId("o", "ns", "n");

    @Test
    void waitsForAnOverlayAndForKafka() {
        assertThat(reason(plan(null, known(true, null, null, null)))).isEqualTo("NoOverlay");
        assertThat(reason(plan(null, known(false, "o", null, null)))).isEqualTo("NotRead");
    }

    @Test
    void neverRequestsStoredNetworksOfUnsupportedTypes() {
        // Given
        L2Network network = new L2Network();
        network.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("n")
                .withGeneration(1L)
                .build());
        network.setSpec(new L2NetworkSpec(NetworkKind.EXT_VNET, null, null, null, null, null, null, null, null));

        // When
        NetworkPlan plan = NetworkPlan.of(network, known(true, "o", null, null), PATIENCE, NOW);

        // Then
        assertThat(plan.request()).isNull();
        assertThat(plan.status().ownedSince()).isNull();
        assertThat(plan.status().message())
                .isEqualTo("Networks of type ext-vnet are not supported yet; use type" + " vlink.");
    }

    @Test
    void claimsItsNameBeforeItRequestsAnything() {
        NetworkPlan first = plan(null, known(true, "o", null, null));
        assertThat(first.request()).isNull();
        assertThat(first.status().ownedSince()).isNotNull();

        NetworkPlan second = plan(first.status(), known(true, "o", null, null));

        assertThat(Objects.requireNonNull(second.request()).ifGeneration()).isZero();
        assertThat(second.request().spec()).hasToString("{\"config\":\"{}\",\"type\":\"vlink\"}");
    }

    @Test
    void neverRequestsANetworkThatAnotherOwnerCreated() {
        // When
        NetworkPlan before = plan(null, known(true, "o", recorded(5, NOW), null));

        // Then
        assertThat(reason(before)).isEqualTo("NameTaken");
        assertThat(before.status().ownedSince()).isNull();

        // Given: it was requested before
        L2NetworkStatus owned = plan(null, known(true, "o", null, null)).status();
        OperatorRequest request =
                Objects.requireNonNull(plan(owned, known(true, "o", null, null)).request());

        // When
        NetworkPlan meanwhile =
                plan(owned, known(true, "o", recorded(5, NOW), asked(request, refused("GenerationMismatch"))));

        // Then
        assertThat(reason(meanwhile)).isEqualTo("NameTaken");
        assertThat(meanwhile.status().ownedSince()).isNull();
        assertThat(meanwhile.request()).isNull();
    }

    @Test
    void recognisesItsOwnNetworkAfterARestartBeforeTheAnswer() {
        L2NetworkStatus owned = plan(null, known(true, "o", null, null)).status();

        assertThat(plan(owned, known(true, "o", recorded(5, NOW.plusSeconds(1)), null))
                        .request())
                .isNotNull();
        assertThat(reason(plan(owned, known(true, "o", recorded(5, NOW.minusSeconds(60)), null))))
                .isEqualTo("NameTaken");
    }

    @Test
    void requestsAgainWithoutAnAnswerAndAfterAForeignChange() {
        // Given
        L2NetworkStatus owned = plan(null, known(true, "o", null, null)).status();
        OperatorRequest request =
                Objects.requireNonNull(plan(owned, known(true, "o", null, null)).request());

        // Then
        assertThat(plan(owned, known(true, "o", null, new PendingRequest(request, "r", NOW, null)))
                        .request())
                .isNull();
        assertThat(plan(owned, known(true, "o", null, new PendingRequest(request, "r", NOW.minus(PATIENCE), null)))
                        .request())
                .isNotNull();

        // When: an answer has come
        PendingRequest heard = asked(request, new Answer.Recorded("r", ID.toString(), null, 5, true, true));

        // Then
        assertThat(plan(owned, known(true, "o", recorded(5, NOW), heard)).request())
                .isNull();
        assertThat(plan(owned, known(true, "o", recorded(6, NOW), heard)).request())
                .isNotNull();
    }

    @Test
    void showsWhyItIsNotReadyRatherThanTheProgressOfRules() {
        // Given
        Condition accepted = condition("Accepted", "True", "Admitted.");
        Condition programmed = condition("Programmed", "False", "Traffic was turned to the new path.");
        Condition ready = condition("Ready", "False", "The link link-ae was withdrawn.");

        // Then
        assertThat(NetworkPlan.message(List.of(accepted, programmed, ready))).isEqualTo(ready.getMessage());
        assertThat(NetworkPlan.message(List.of(accepted, programmed, condition("Ready", "True", "It serves."))))
                .isEqualTo(programmed.getMessage());
        assertThat(NetworkPlan.message(List.of(condition("Accepted", "False", "Refused."), programmed, ready)))
                .isEqualTo("Refused.");
        assertThat(NetworkPlan.message(List.of(accepted))).isEmpty();
        assertThat(NetworkPlan.message(List.of(
                        accepted, condition("Ready", "True", "It serves."), condition("Protected", "False", "Bare."))))
                .isEmpty();
    }

    private static Condition condition(String type, String status, String message) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withMessage(message)
                .withReason("Known")
                .withLastTransitionTime(NOW.toString())
                .build();
    }

    @Test
    void requestsNothingAndShowsReadyAsUnknownWhileKafkasDataIsInDoubt() {
        // Given
        L2NetworkStatus owned = plan(null, known(true, "o", null, null)).status();
        L2NetworkStatus serving = owned.withDoubt(
                "", List.of(condition("Accepted", "True", "Admitted."), condition("Ready", "True", "It serves.")));

        // When
        NetworkPlan doubted = doubted(serving);

        // Then
        assertThat(doubted.request()).isNull();
        assertThat(doubted.status().ownedSince()).isEqualTo(owned.ownedSince());
        assertThat(doubted.status().conditions())
                .extracting(Condition::getType, Condition::getStatus, Condition::getMessage)
                .containsExactly(
                        tuple("Accepted", "True", "Admitted."), tuple("Ready", "Unknown", "Kafka was emptied."));
        assertThat(doubted.status().message()).isEqualTo("Kafka was emptied.");
        assertThat(doubted(null).status().ownedSince()).isNull();
    }

    @Test
    void namesFieldsAsInTheManifest() {
        assertThat(NetworkPlan.inWords(List.of(
                        new Violation("$.spec.path.links[1]", "X", "No."),
                        new Violation("$.spec.config", "X", "Bad."),
                        new Violation("$", "X", "All."))))
                .isEqualTo("spec.vlink.path.links[1]: No. spec.config: Bad. All.");
    }

    @Test
    void namesTheMissingService() {
        // Given
        L2NetworkStatus owned =
                Objects.requireNonNull(plan(null, known(true, "o", null, null)).status());
        Absence away = new Absence("network-api", NOW.minusSeconds(10), "is away");
        Absence undecided = new Absence("path-service", NOW.minusSeconds(10), "is away");

        // When: network-api is missing
        NetworkPlan asked = plan(
                owned,
                new NetworkPlan.NetworkFacts(
                        true, "o", null, null, null, new NetworkPlan.Missing(away, Caveats.NONE, null, true)));

        // Then
        assertThat(reason(asked)).isEqualTo("RequestsDelayed");
        assertThat(asked.status().message())
                .isEqualTo("The network is requested, but requests have been delayed since 2025-12-31T23:59:50Z:"
                        + " network-api is away."
                        + " Nothing is lost.");

        // When: path-service is missing
        NetworkPlan recorded = plan(
                owned,
                new NetworkPlan.NetworkFacts(
                        true,
                        "o",
                        recorded(1, NOW),
                        null,
                        asked(
                                Objects.requireNonNull(asked.request()),
                                new Answer.Recorded("r", ID.toString(), null, 1, true, true)),
                        new NetworkPlan.Missing(null, new Caveats(undecided, null), null, true)));

        // Then
        assertThat(reason(recorded)).isEqualTo("DecisionsDelayed");
        assertThat(recorded.status().phase()).isEqualTo("Pending");
        assertThat(recorded.status().message())
                .contains("decisions are delayed since 2025-12-31T23:59:50Z: path-service is away");
    }

    private static NetworkPlan doubted(@Nullable L2NetworkStatus status) {
        return NetworkPlan.doubted(resource(status), "Kafka was emptied.", NOW);
    }

    private static NetworkPlan plan(@Nullable L2NetworkStatus status, NetworkPlan.NetworkFacts known) {
        return NetworkPlan.of(resource(status), known, PATIENCE, NOW);
    }

    private static L2Network resource(@Nullable L2NetworkStatus status) {
        L2Network network = new L2Network();
        network.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("n")
                .withGeneration(1L)
                .build());
        network.setSpec(new L2NetworkSpec(NetworkKind.VLINK, "{}", null, null, null, null, null, null, null));
        network.setStatus(status);
        return network;
    }

    private static NetworkPlan.NetworkFacts known(
            boolean loaded, @Nullable String overlay, @Nullable Network recorded, @Nullable PendingRequest asked) {
        return new NetworkPlan.NetworkFacts(loaded, overlay, recorded, null, asked, NetworkPlan.Missing.NOBODY);
    }

    private static PendingRequest asked(OperatorRequest request, Answer answer) {
        return new PendingRequest(request, "r", NOW.minusSeconds(60), answer);
    }

    private static Answer refused(String reason) {
        return new Answer.Refused("r", ID.toString(), null, List.of(new Violation("$", reason, "No.")));
    }

    private static Network recorded(long generation, Instant createdAt) {
        return new Network(
                ID,
                generation,
                false,
                createdAt,
                new Vlink(new PathSpec(null, "a", "b", null, null), null, Protection.NONE));
    }

    private static String reason(NetworkPlan plan) {
        return Objects.requireNonNull(plan.status().conditions()).getFirst().getReason();
    }
}
