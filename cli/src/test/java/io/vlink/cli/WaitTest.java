package io.vlink.cli;

import static io.vlink.cli.CannedApi.NETWORKS;
import static io.vlink.cli.CannedApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.cli.CannedApi.Canned;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code wait}: until something is so, refused, or late. */
class WaitTest {

    private static final String WIRE = NETWORKS + "/wire";
    private static final String CHANGES = "GET /v1/events?kind=network,status&overlay=default&namespace=default";
    private static final String ABOUT_WIRE = CHANGES + "&network=wire";
    private static final Canned CHANGED = new Canned(
            200,
            "text/event-stream",
            ":\n\nevent: status\nid: 1\ndata: {\"kind\":\"status\",\"key\":\"default/default/wire\"}\n\n");

    private final CannedApi api = new CannedApi();
    private final StringWriter out = api.out;
    private final StringWriter err = api.err;
    private final Map<String, Canned> answers = api.answers;

    WaitTest() throws IOException {}

    @AfterEach
    void stop() {
        api.close();
    }

    private static Canned network(int generation, int observed, String phase, String conditions) {
        return json(
                "{\"name\":\"wire\",\"generation\":%d,\"status\":{\"observedGeneration\":%d,\"phase\":\"%s\",\"forward\":[\"a\",\"b\"],\"conditions\":[%s]}}"
                        .formatted(generation, observed, phase, conditions));
    }

    private static Canned ready(int generation, int observed) {
        return network(generation, observed, "Ready", "{\"type\":\"Ready\",\"status\":\"True\"}");
    }

    @Test
    void returnsAtOnceIfItIsSoAlready() {
        answers.put(ABOUT_WIRE, CHANGED);
        answers.put("GET " + WIRE, ready(2, 2));

        assertThat(api.run("wait", "network", "wire")).isZero();
        assertThat(out.toString()).isEqualTo("network/wire is Ready: a → b\n");
    }

    @Test
    void takesATimeOfManyHours() {
        answers.put(ABOUT_WIRE, CHANGED);
        answers.put("GET " + WIRE, ready(2, 2));

        assertThat(api.run("wait", "network", "wire", "--timeout=9999999h")).isZero();
    }

    @Test
    void waitsForTheStatusOfThePresentGeneration() {
        // Given: the status is still that of the generation before
        api.clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        answers.put(ABOUT_WIRE, CHANGED);
        api.inTurn.put("GET " + WIRE, new ArrayDeque<>(List.of(ready(2, 1), ready(2, 2))));

        // Then
        assertThat(api.run("wait", "network/wire", "--for=ready")).isZero();
        assertThat(out.toString()).isEqualTo("network/wire is Ready: a → b\n");
        assertThat(api.calls).containsExactly(ABOUT_WIRE, "GET " + WIRE, "GET " + WIRE);
    }

    @Test
    void endsWhenItIsRefusedOrLate() {
        // Given
        answers.put(ABOUT_WIRE, CHANGED);
        answers.put("GET " + WIRE, json("""
                {"name": "wire", "generation": 1, "status": {"observedGeneration": 1, "phase": "Refused", "conditions": [
                   {"type": "Accepted", "status": "False", "reason": "BandwidthExceeded"}],
                  "violations": [{"field": "$.path", "reason": "BandwidthExceeded", "message": "2 G are asked."}]}}"""));

        // Then
        assertThat(api.run("wait", "network", "wire")).isEqualTo(1);
        assertThat(err.toString())
                .contains("network/wire is refused: BandwidthExceeded\n  $.path  BandwidthExceeded: 2 G are asked.");

        // When: nothing comes
        answers.put("GET " + WIRE, network(1, 1, "Waiting", """
                {"type": "Ready", "status": "False", "reason": "WaitingForAttachment", "message": "b waits."}"""));
        api.clock = ticking(Duration.ofSeconds(20));

        // Then
        assertThat(api.run("wait", "network", "wire", "--timeout", "30s")).isEqualTo(5);
        assertThat(err.toString()).contains("network/wire is Waiting: WaitingForAttachment: b waits. (after 30 s)");
    }

    @Test
    void waitsForAConditionOrForRemoval() {
        // Given
        answers.put(ABOUT_WIRE, CHANGED);
        api.inTurn.put(
                "GET " + WIRE,
                new ArrayDeque<>(List.of(
                        network(1, 1, "Waiting", "{\"type\":\"Attached\",\"status\":\"Unknown\"}"),
                        network(1, 1, "Waiting", "{\"type\":\"Attached\",\"status\":\"False\"}"),
                        ready(1, 1))));

        // Then
        assertThat(api.run("wait", "net/wire", "--for=condition=Attached=false"))
                .isZero();
        assertThat(out.toString()).isEqualTo("network/wire has the condition Attached=False\n");
        assertThat(api.run("wait", "net/wire", "--for", "delete")).isZero(); // then it answers 404
        assertThat(out.toString()).isEqualTo("network/wire is deleted\n");
        assertThat(api.run("wait", "net/wire", "--for", "deleted")).isZero();
    }

    @Test
    void waitsForEachOfSeveralAndForAllOfAKind() {
        // Given
        answers.put(CHANGES, CHANGED);
        String wire = ready(1, 1).body();
        answers.put("GET " + NETWORKS, json("{\"items\":[%s,%s]}".formatted(wire, wire.replace("wire", "other"))));

        // Then
        assertThat(api.run("wait", "networks", "--all")).isZero();
        assertThat(out.toString()).isEqualTo("network/wire is Ready: a → b\nnetwork/other is Ready: a → b\n");
        assertThat(api.run("wait", "networks", "wire", "other")).isZero();
    }

    @Test
    void waitsForNodesLinksAttachmentsAndSwitches() {
        answers.put("GET /v1/events?kind=node,switch", CHANGED);
        answers.put("GET /v1/events?kind=switch,port", CHANGED);
        answers.put("GET /v1/events?kind=link,link-state&overlay=default", CHANGED);
        answers.put("GET /v1/events?kind=attachment,status&overlay=default&namespace=default&network=wire", CHANGED);
        answers.put("GET /v1/overlays/default/nodes/a", json("{\"name\":\"a\",\"status\":{\"state\":\"connected\"}}"));
        answers.put("GET /v1/switches/0a", json("{\"datapathId\":\"0a\",\"state\":\"connected\"}"));
        answers.put("GET /v1/overlays/default/links/ab", json("{\"name\":\"ab\",\"status\":{\"up\":true}}"));
        answers.put("GET " + WIRE + "/attachments/x", json("{\"id\":\"x\",\"status\":{\"holds\":true}}"));

        assertThat(api.run("wait", "node/a")).isZero();
        assertThat(api.run("wait", "switch/0a")).isZero();
        assertThat(api.run("wait", "link/ab")).isZero();
        assertThat(out.toString()).isEqualTo("link/ab is up\n");
        assertThat(api.run("wait", "attachment/wire/x")).isZero();
        assertThat(out.toString()).isEqualTo("attachment/wire/x holds its end\n");
    }

    @Test
    void refusesWhatCannotBeWaitedFor() {
        assertThat(api.run("wait", "network", "wire", "--for=soon")).isEqualTo(2);
        assertThat(err.toString()).contains("ready, delete or condition=TYPE[=STATUS], not 'soon'");
        assertThat(api.run("wait", "network", "wire", "--timeout=never")).isEqualTo(2);
        assertThat(api.run("wait", "networks")).isEqualTo(2);
        assertThat(err.toString()).contains("--all");
        assertThat(api.run("wait", "service", "network-api")).isEqualTo(2);
        assertThat(api.run("wait", "node", "a", "--for=condition=Ready")).isEqualTo(2);
        assertThat(err.toString()).contains("Only networks have conditions");
        answers.put(ABOUT_WIRE, CHANGED);
        assertThat(api.run("wait", "network", "wire")).isEqualTo(4);
        assertThat(err.toString()).contains("network/wire does not exist.");
    }

    /** Returns a clock that goes on by {@code step} each time it is read. */
    private static Clock ticking(Duration step) {
        return new Clock() {
            private Instant now = Instant.EPOCH;

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                now = now.plus(step);
                return now;
            }
        };
    }
}
