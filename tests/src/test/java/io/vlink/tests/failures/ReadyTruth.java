package io.vlink.tests.failures;

import static io.vlink.tests.suite.Suite.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;

/** A network from node-a to node-e whose condition Ready is compared with real pings. */
final class ReadyTruth {

    static final String NETWORK = "truth";

    private ReadyTruth() {}

    static Playground joined() {
        Playground play = new Playground();
        try {
            play.joined(NETWORK, "truth-a", "10.11.0.1/24", "truth-e", "10.11.0.2/24");
        } catch (Throwable e) {
            play.close();
            throw e;
        }
        return play;
    }

    /** Interferes, compares Ready with a ping, undoes the interference, and compares again. */
    static void isTold(Playground play, Harm harm) {
        Lab lab = play.lab();
        harm.done().on(lab);
        try {
            await(harm.what()).atMost(PATIENCE).untilAsserted(() -> {
                Api.Response now = play.get(NETWORK);
                JsonNode ready = now.condition("Ready");
                assertThat(ready.path("status").asText())
                        .as("%s: %s", harm.what(), ready)
                        .isNotEqualTo("True");
                assertThat(ready.path("reason").asText())
                        .as("%s: %s", harm.what(), ready)
                        .isEqualTo(harm.reason());
                assertThat(ready.path("message").asText()).contains(harm.words());
                if (harm.words().getFirst().startsWith("truth-")) { // a workload's port
                    assertThat(now.condition("Attached").path("status").asText())
                            .as("Attached: %s", now.body())
                            .isEqualTo("False");
                }
            });
            // A datapath's cache may follow later than the status
            await("no answer while: " + harm.what()).atMost(PATIENCE).until(() -> !lab.answers("truth-a", "10.11.0.2"));
        } finally {
            harm.undone().on(lab);
        }
        await("after " + harm.what()).atMost(PATIENCE).untilAsserted(() -> isReady(play));
        passes(play);
    }

    static void isReady(Playground play) {
        Api.Response now = play.get(NETWORK);
        assertThat(now.condition("Ready").path("status").asText())
                .as("%s", now.body())
                .isEqualTo("True");
        assertThat(now.condition("Ready").path("reason").asText())
                .as("%s", now.body())
                .isEqualTo("Serving");
        assertThat(now.condition("Attached").path("status").asText())
                .as("%s", now.body())
                .isEqualTo("True");
    }

    static void passes(Playground play) {
        play.awaitAnswer("truth-a", "10.11.0.2");
        play.awaitAnswer("truth-e", "10.11.0.1");
    }
}
