package io.vlink.tests.failures;

import static io.vlink.tests.suite.Suite.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Playground;
import io.vlink.tests.suite.ServiceProcess;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** Killed or stopped services while a vlink is live: they are reported, and the report clears by itself. */
class MissingServicesE2E {

    @Test
    void reportsAKilledGateway() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("left", "left-a", "10.7.0.1/24", "left-e", "10.7.0.2/24");
            ServiceProcess gateway = play.suite().switchGateway();

            // When
            Runnable start = gateway.kill();
            try {
                // Then
                told(() -> {
                    JsonNode lost = play.get("left").condition("ControlLost");
                    assertThat(lost.path("reason").asText()).isEqualTo("GatewayAway");
                    assertThat(lost.path("message").asText())
                            .startsWith("switch-gateway is away since 20")
                            .contains("node-a", "node-e");
                });
                assertThat(play.lab().ping("left-a", "10.7.0.2", 3, 0.05))
                        .as("the switches keep forwarding")
                        .isEqualTo(3);
                assertThat(play.suite().flowService().health()).contains("switch-gateway is away since 20");
                assertThat(play.suite().flowService().metrics())
                        .containsPattern("vlink_services_present\\{service=\"switch-gateway\",?} 0\\.0");
            } finally {
                start.run();
            }

            // And: when it is back
            cleared(() -> assertThat(play.get("left").condition("ControlLost").isMissingNode())
                    .isTrue());
            play.awaitPhase("left", "Ready");
        }
    }

    @Test
    void reportsDelayedDecisionsWhilePathServiceIsPaused() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("kept", "kept-a", "10.7.1.1/24", "kept-e", "10.7.1.2/24");
            ServiceProcess paths = play.suite().pathService();

            // When
            paths.pause();
            try {
                play.declare("undecided");

                // Then
                told(() -> assertThat(said(play, "undecided", "Accepted"))
                        .contains("decisions are delayed since 20", ": path-service is away"));
                Api.Response withdrawn = play.api().delete(Api.network("default", "kept"), "wait=1");
                assertThat(withdrawn.status()).isEqualTo(202);
                assertThat(withdrawn.condition("Accepted").path("message").asText())
                        .contains("The deletion", "decisions are delayed since 20", "path-service is away");
                assertThat(play.suite().networkApi().health()).contains("path-service is away since 20");
            } finally {
                paths.resume();
            }

            // And: when it continues, the request is carried out
            cleared(() -> assertThat(said(play, "undecided", "Accepted")).doesNotContain("delayed"));
            cleared(() -> assertThat(play.get("kept").status()).isEqualTo(404));
        }
    }

    @Test
    void showsReadyAsUnknownWhileFlowServiceIsAway() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("vouched", "vou-a", "10.7.2.1/24", "vou-e", "10.7.2.2/24");
            ServiceProcess flows = play.suite().flowService();

            // When
            Runnable start = flows.kill();
            try {
                play.declare("fresh");

                // Then
                told(() -> {
                    assertThat(play.get("vouched").phase()).isEqualTo("Unknown");
                    assertThat(said(play, "vouched", "Ready"))
                            .contains("statuses are delayed since 20", "flow-service is away");
                    assertThat(said(play, "fresh", "Ready"))
                            .contains("flow-service is away")
                            .doesNotContain("path-service");
                });
            } finally {
                start.run();
            }

            // And: when it is back
            play.awaitPhase("vouched", "Ready");
            play.awaitPhase("fresh", "Waiting");
        }
    }

    @Test
    void reportsAPausedNetworkApiUntilItContinues() {
        try (Playground play = new Playground()) {
            // Given
            ServiceProcess api = play.suite().networkApi();
            ServiceProcess flows = play.suite().flowService();

            // When
            api.pause();
            try {
                // Then
                told(() -> assertThat(flows.health()).contains("network-api is away since 20"));
            } finally {
                api.resume();
            }

            // And: when it continues
            cleared(() -> assertThat(flows.health()).doesNotContain("is away"));
            // And: the paused service does not take the others for dead
            assertThat(api.health()).doesNotContain("is away");
        }
    }

    private static String said(Playground play, String network, String condition) {
        return play.get(network).condition(condition).path("message").asText();
    }

    private static void told(ThrowingRunnable assertion) {
        await().pollInterval(Duration.ofMillis(200)).atMost(PATIENCE).untilAsserted(assertion);
    }

    private static void cleared(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }
}
