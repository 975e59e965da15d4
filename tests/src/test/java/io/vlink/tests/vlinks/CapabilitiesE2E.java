package io.vlink.tests.vlinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Bandwidth is reserved and enforced by meters, latency is checked, and a refusal contains the numbers. */
class CapabilitiesE2E {

    @Test
    void holdsTwentyMegabitsUnderAnOfferOfSixty() throws Exception {
        try (Playground play = new Playground()) {
            // Given
            play.joined(
                    "policed",
                    ", \"capabilities\": {\"bandwidthBits\": \"20M\"}",
                    "pol-a",
                    "10.7.0.1/24",
                    "pol-e",
                    "10.7.0.2/24");
            Lab lab = play.lab();
            Process server = lab.start("pol-e", "iperf3", "-s", "-1");

            // When
            JsonNode report = new ObjectMapper()
                    .readTree(untilItConnects(
                            lab, "iperf3", "-c", "10.7.0.2", "-u", "-b", "60M", "-l", "1400", "-t", "4", "-J"));
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();

            // Then: 1,400 bytes of payload are 1,442 bytes of frame
            JsonNode sum = report.path("end").path("sum");
            double offered = sum.path("bits_per_second").asDouble();
            double lost = sum.path("lost_percent").asDouble();
            double received = offered * (1 - lost / 100) * 1442 / 1400;
            assertThat(offered).isGreaterThan(50e6);
            assertThat(received).as("%s", sum).isBetween(18e6, 22e6);

            // Then: the meter at the first hop dropped the difference of incoming and outgoing frames. That is what
            // iperf3 counts as lost, and the last frames that it sent, which its receiver does not know of
            long atMost = sum.path("lost_packets").asLong() * 102 / 100;
            String path = Api.network("default", play.owns("policed")) + "/path";
            await("drops are shown").untilAsserted(() -> {
                JsonNode hops = play.api().get(path).body().at("/forward/hops");
                JsonNode first = hops.path(0);
                long dropped = first.path("droppedPackets").asLong();
                assertThat(dropped).isBetween(1L, atMost);
                assertThat(first.path("packets").asLong() - dropped)
                        .isCloseTo(hops.path(1).path("packets").asLong(), Percentage.withPercentage(5));
                assertThat(first.path("droppedBytes").asLong()).isBetween(dropped * 1_400, dropped * 1_450);
                assertThat(hops.path(1).has("droppedPackets")).isFalse();
            });
            assertThat(drawn(play, "policed")).contains("dropped above 20 Mbit/s: ");
        }
    }

    private static String drawn(Playground play, String network) {
        return Command.run(
                play.suite().environment(),
                List.of(play.suite().root().resolve("vlink").toString(), "path", network));
    }

    @Test
    void refusesALatencyThatTheLinksDoNotMeetWithTheNumbers() {
        try (Playground play = new Playground()) {
            // When
            play.declare("too-slow", ", \"capabilities\": {\"latencyNanos\": \"0.5ms\"}");

            // Then
            play.awaitPhase("too-slow", "Refused");
            JsonNode accepted = play.get("too-slow").condition("Accepted");
            assertThat(accepted.path("status").asText()).isEqualTo("False");
            assertThat(accepted.path("message").asText())
                    .contains("add up to 0.6 ms")
                    .contains("at most 0.5 ms");
        }
    }

    @Test
    void refusesMoreThanALinkHasAndAcceptsItAfterTheFirstIsDeleted() {
        try (Playground play = new Playground()) {
            // Given
            play.declare("first", ", \"capabilities\": {\"bandwidthBits\": \"600M\"}");
            play.awaitPhase("first", "Waiting");

            // When
            play.declare("second", ", \"capabilities\": {\"bandwidthBits\": \"600M\"}");

            // Then
            play.awaitPhase("second", "Refused");
            assertThat(play.get("second").condition("Accepted").path("message").asText())
                    .contains("link-ac")
                    .contains("600 Mbit/s is requested")
                    .contains("has 400 Mbit/s free");

            // When
            play.delete("first");

            // Then
            play.awaitPhase("second", "Waiting");
        }
    }

    @Test
    void refusesAnAttachmentWithTooLargeFramesUnlessItIsLive() {
        try (Playground play = new Playground()) {
            // Given: links carry 1600 bytes, and so does this workload's port
            play.declare("large");
            play.plug("a", "large-a", "10.7.1.1/24");
            play.plug("e", "large-e", "10.7.1.2/24");
            mtu(play, 1_600);

            // When
            play.attach("large", "a", "large-a");

            // Then
            awaitAttached(play, "False", "1608");
            play.attach("large", "e", "large-e");
            awaitAttached(play, "False", "node-a waits for an attachment");

            // When
            mtu(play, 1_500);

            // Then
            play.awaitPhase("large", "Ready");
            play.awaitAnswer("large-a", "10.7.1.2");

            // When: it grows while it is live
            mtu(play, 1_600);

            // Then
            awaitAttached(play, "True", "1608");
            assertThat(play.get("large").phase()).isEqualTo("Ready");
            assertThat(play.lab().ping("large-a", "10.7.1.2", 3, 0.1)).isEqualTo(3);
        }
    }

    private static void mtu(Playground play, int mtu) {
        play.lab().exec("a", "ip", "link", "set", "large-a", "mtu", String.valueOf(mtu));
    }

    private static void awaitAttached(Playground play, String status, String words) {
        await("Attached is " + status + " with " + words).untilAsserted(() -> {
            JsonNode attached = play.get("large").condition("Attached");
            assertThat(attached.path("status").asText()).as("%s", attached).isEqualTo(status);
            assertThat(attached.path("message").asText()).contains(words);
        });
    }

    @Test
    void computesThePathIfNoLinksAreNamed() {
        try (Playground play = new Playground()) {
            // When
            Api.Response response = play.api()
                    .put(
                            Api.network("default", play.owns("computed")),
                            "{\"type\": \"vlink\", \"path\": {\"fromEndpoint\": \"node-a\", \"toEndpoint\": \"node-e\"}}");
            assertThat(response.status()).as("%s", response.body()).isBetween(200, 299);

            // Then
            play.awaitPhase("computed", "Waiting");
            assertThat(play.get("computed")
                            .body()
                            .path("status")
                            .path("forward")
                            .toString())
                    .isEqualTo("[\"node-a\",\"node-b\",\"node-d\",\"node-e\"]");
            assertThat(play.get("computed")
                            .body()
                            .path("status")
                            .path("reverse")
                            .toString())
                    .isEqualTo("[\"node-e\",\"node-d\",\"node-b\",\"node-a\"]");
        }
    }

    /** Retries until iperf3's server listens: it does not report when it does. */
    private static String untilItConnects(Lab lab, String... words) {
        return await("iperf3")
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> lab.tryExec("pol-a", words), result -> result.exitCode() == 0)
                .output();
    }
}
