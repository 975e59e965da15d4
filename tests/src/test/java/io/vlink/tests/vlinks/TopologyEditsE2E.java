package io.vlink.tests.vlinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Capture;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Edits of links in use: networks stay isolated, and nothing is removed by mistake. */
class TopologyEditsE2E {

    private static final String LINK = "/v1/overlays/default/links/";
    private static final String BROADCAST = "ffffffffffff";

    @Test
    void treatsAWireUnderAnotherNameAsTheSameWire() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("edit-one", "ed-one-a", "10.9.0.1/24", "ed-one-e", "10.9.0.2/24");
            play.plug("a", "ed-two-a", "10.9.0.1/24");
            play.plug("e", "ed-two-e", "10.9.0.2/24");
            JsonNode link = spec(play, "link-cd");
            String two = Api.network("others", "edit-two");
            try {
                // When: the link is deleted under a live vlink, and its cable declared again
                assertThat(play.api().delete(LINK + "link-cd").status()).isBetween(200, 299);
                awaitReady(play, Api.network("default", "edit-one"), "TopologyChanged");
                put(play, "wire-cd", link);
                assertThat(play.api().put(two, """
                        {"type": "vlink",
                         "path": {"fromEndpoint": "node-a", "toEndpoint": "node-e", "links": ["link-ac", "wire-cd", "link-de"]},
                         "reversePath": {"fromEndpoint": "node-e", "toEndpoint": "node-a", "links": ["link-ed", "link-db", "link-ba"]}}""").status()).isBetween(200, 299);
                for (String end : new String[] {"a", "e"}) {
                    play.api()
                            .put(
                                    two + "/attachments/ed-two-" + end,
                                    "{\"node\": \"node-%s\", \"port\": \"ed-two-%s\"}".formatted(end, end));
                }
                awaitReady(play, two, "Serving");
                play.awaitAnswer("ed-two-a", "10.9.0.2");

                // Then
                Lab lab = play.lab();
                try (Capture one = Capture.at(lab, "ed-one-e");
                        Capture other = Capture.at(lab, "ed-two-e")) {
                    FramesE2E.send(play, "ed-one-a", BROADCAST + "02000000001188b5" + "aa".repeat(60));
                    FramesE2E.send(play, "ed-two-a", BROADCAST + "02000000002288b5" + "bb".repeat(60));
                    one.awaitFrame("aa".repeat(50));
                    other.awaitFrame("bb".repeat(50));
                    assertThat(one.frames()).noneMatch(frame -> frame.contains("bb".repeat(50)));
                    assertThat(other.frames()).noneMatch(frame -> frame.contains("aa".repeat(50)));
                }
                assertThat(lab.ping("ed-one-a", "10.9.0.2", 5, 0.02)).isEqualTo(5);
                assertThat(lab.ping("ed-two-a", "10.9.0.2", 5, 0.02)).isEqualTo(5);
            } finally {
                play.api().delete(two);
                play.api().delete(two + "/attachments/ed-two-a");
                play.api().delete(two + "/attachments/ed-two-e");
                play.api().delete(LINK + "wire-cd");
                put(play, "link-cd", link);
            }
        }
    }

    @Test
    void movesALinkInUseWithoutALostFrameAndIgnoresATypo() {
        try (Playground play = new Playground()) {
            // Given: another cable between node-c and node-d
            play.joined("edit-moved", "ed-mv-a", "10.9.1.1/24", "ed-mv-e", "10.9.1.2/24");
            Lab lab = play.lab();
            JsonNode link = spec(play, "link-cd");
            String network = Api.network("default", "edit-moved");
            try {
                lab.lay("c", "new-d", "d", "new-c");
                CompletableFuture<Integer> answers =
                        CompletableFuture.supplyAsync(() -> lab.ping("ed-mv-a", "10.9.1.2", 300, 0.02));

                // When: first to a missing port, then to the new cable
                put(play, "link-cd", at(link, "no-such-port", "new-c"));
                awaitReady(play, network, "TopologyChanged");
                put(play, "link-cd", at(link, "new-d", "new-c"));
                await("frames arrive by the new cable")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> lab.packetsFrom("d", "new-c") > 10);
                awaitReady(play, network, "Serving");

                // Then
                assertThat(answers.join()).isEqualTo(300);
            } finally {
                put(play, "link-cd", link);
                awaitReady(play, network, "Serving");
                lab.takeAway("c", "new-d", "d", "new-c");
            }
        }
    }

    @Test
    void aLinkDeclaredOnALiveWorkloadsPortDoesNotDisturbIt() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("edit-port", "ed-pt-a", "10.9.2.1/24", "ed-pt-e", "10.9.2.2/24");
            ObjectNode link = at(spec(play, "link-ab"), "ed-pt-a", "to-nowhere");
            CompletableFuture<Integer> answers =
                    CompletableFuture.supplyAsync(() -> play.lab().ping("ed-pt-a", "10.9.2.2", 100, 0.02));
            try {
                // When
                put(play, "link-on-workload", link);

                // Then
                assertThat(answers.join()).isEqualTo(100);
                awaitReady(play, Api.network("default", "edit-port"), "Serving");
            } finally {
                play.api().delete(LINK + "link-on-workload");
            }
        }
    }

    private static JsonNode spec(Playground play, String link) {
        return play.api().get(LINK + link).body().path("spec");
    }

    private static ObjectNode at(JsonNode spec, String from, String to) {
        ObjectNode moved = spec.deepCopy();
        ((ObjectNode) moved.path("from")).put("port", from);
        ((ObjectNode) moved.path("to")).put("port", to);
        return moved;
    }

    private static void put(Playground play, String link, JsonNode spec) {
        Api.Response response = play.api().put(LINK + link, spec.toString());
        assertThat(response.status()).as("%s", response.body()).isBetween(200, 299);
    }

    private static void awaitReady(Playground play, String network, String reason) {
        await(network + " is Ready, " + reason).atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Api.Response response = play.api().get(network);
            JsonNode ready = response.condition("Ready");
            assertThat(ready.path("status").asText()).as("%s", response.body()).isEqualTo("True");
            assertThat(ready.path("reason").asText()).as("%s", response.body()).isEqualTo(reason);
        });
    }
}
