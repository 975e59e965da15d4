package io.vlink.tests.vlinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Vlinks that are edited, deleted, created again and get other workloads. */
class LifecycleE2E {

    private static final String METERED = ", \"capabilities\": {\"bandwidthBits\": \"700M\"}";

    @Test
    void installsNothingBeforeBothEndsAreAttached() {
        try (Playground play = new Playground()) {
            // Given
            play.declare("patient");
            play.plug("a", "pat-a", "10.6.0.1/24");
            play.plug("e", "pat-e", "10.6.0.2/24");

            // When
            play.attach("patient", "a", "pat-a");

            // Then
            play.awaitPhase("patient", "Waiting");
            assertThat(play.everythingInstalled()).isEmpty();
            assertThat(play.get("patient").condition("Attached").path("message").asText())
                    .contains("node-e");

            // When
            play.attach("patient", "e", "pat-e");

            // Then
            play.awaitPhase("patient", "Ready");
            play.awaitAnswer("pat-a", "10.6.0.2");
            assertThat(play.lab().ping("pat-a", "10.6.0.2", 3, 0.05)).isEqualTo(3);
        }
    }

    @Test
    void leavesNoRuleMeterReservationOrLabelBehindWhenDeleted() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("gone", METERED, "gone-a", "10.6.1.1/24", "gone-e", "10.6.1.2/24");
            assertThat(play.lab().meters("a")).hasSize(1);

            // When
            play.delete("gone");

            // Then: nothing is in any switch, and the bandwidth is available to another vlink
            assertThat(play.everythingInstalled()).isEmpty();
            play.declare("after-gone", METERED);
            play.awaitPhase("after-gone", "Waiting");
        }
    }

    @Test
    void deletesAndRecreatesTheSameNameAtOnce() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("again", METERED, "agn-a", "10.6.2.1/24", "agn-e", "10.6.2.2/24");
            long before = play.get("again").body().path("generation").asLong();

            for (int i = 0; i < 5; i++) {
                // When: no waiting in between
                play.api().delete(Api.network("default", "again"), "");
                play.declare("again", METERED);

                // Then
                play.awaitPhase("again", "Ready");
                play.awaitAnswer("agn-a", "10.6.2.2");
                assertThat(play.lab().ping("agn-a", "10.6.2.2", 3, 0.02)).isEqualTo(3);
            }
            assertThat(play.get("again").body().path("generation").asLong()).isGreaterThan(before);
        }
    }

    @Test
    void handsAnEndOverToAnotherWorkload() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("handed", "old-a", "10.6.3.1/24", "peer-e", "10.6.3.2/24");
            play.plug("a", "new-a", "10.6.3.3/24");

            // When: the second one comes before the first is gone
            play.attach("handed", "a", "new-a");

            // Then
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(play.get("handed")
                            .body()
                            .path("status")
                            .path("attachments")
                            .toString())
                    .contains("EndTaken"));
            assertThat(play.lab().ping("old-a", "10.6.3.2", 3, 0.02)).isEqualTo(3);

            // When
            play.detach("handed", "old-a");

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> play.lab().ping("new-a", "10.6.3.2", 2, 0.02) == 2);
            assertThat(play.lab().answers("old-a", "10.6.3.2")).isFalse();
        }
    }

    @Test
    void losesNoPacketWhenALiveVlinkMovesToOtherLinks() throws Exception {
        try (Playground play = new Playground()) {
            // Given
            play.joined("moved", "mov-a", "10.6.4.1/24", "mov-e", "10.6.4.2/24");
            Lab lab = play.lab();
            lab.ping("mov-a", "10.6.4.2", 3, 0.02);
            Process ping = lab.start("mov-a", "ping", "-n", "-q", "-c", "6000", "-i", "0.001", "10.6.4.2");

            // When
            Api.Response edited = play.api()
                    .declare(
                            "moved",
                            "node-a",
                            "node-e",
                            List.of("link-ab", "link-bd", "link-de"),
                            List.of("link-ed", "link-dc", "link-ca"),
                            "");

            // Then
            assertThat(edited.status()).as("%s", edited.body()).isBetween(200, 299);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(lab.flows("c")).hasSize(1).allMatch(f -> f.inPort().equals("to-d"));
                assertThat(lab.flows("b")).hasSize(1).allMatch(f -> f.inPort().equals("to-a"));
            });
            assertThat(ping.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String report = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher numbers = Pattern.compile("(\\d+) packets transmitted, (\\d+) received")
                    .matcher(report);
            assertThat(numbers.find()).as(report).isTrue();
            assertThat(numbers.group(2)).as(report).isEqualTo(numbers.group(1));
        }
    }

    @Test
    void namesTheLinkThatIsDownAndRecoversByItself() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("cut", "cut-a", "10.6.5.1/24", "cut-e", "10.6.5.2/24");

            try {
                // When
                play.lab().exec("c", "ip", "link", "set", "to-d", "down");

                // Then
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    Api.Response now = play.get("cut");
                    assertThat(now.condition("Ready").path("status").asText()).isEqualTo("False");
                    assertThat(now.condition("Ready").path("reason").asText()).isEqualTo("LinkDown");
                    assertThat(now.condition("Ready").path("message").asText()).contains("link-cd");
                });
            } finally {
                play.lab().exec("c", "ip", "link", "set", "to-d", "up");
            }
            play.awaitPhase("cut", "Ready");
            play.awaitAnswer("cut-a", "10.6.5.2");
            assertThat(play.lab().ping("cut-a", "10.6.5.2", 3, 0.05)).isEqualTo(3);
        }
    }
}
