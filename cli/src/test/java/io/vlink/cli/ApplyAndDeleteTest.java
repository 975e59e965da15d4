package io.vlink.cli;

import static io.vlink.cli.CannedApi.NETWORKS;
import static io.vlink.cli.CannedApi.PROBLEM;
import static io.vlink.cli.CannedApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.cli.CannedApi.Canned;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands that change what is declared: calls, texts and exit codes. */
class ApplyAndDeleteTest {

    private final CannedApi api = new CannedApi();
    private final StringWriter out = api.out;
    private final StringWriter err = api.err;
    private final Map<String, Canned> answers = api.answers;
    private final List<String> calls = api.calls;

    ApplyAndDeleteTest() throws IOException {}

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void appliesInTheOrderOfDependenciesAndPrintsWhatChanged() {
        // Given
        String node = "/v1/overlays/default/nodes/a";
        answers.put("PUT " + node, new Canned(201, "application/json", "{}"));
        answers.put("GET " + NETWORKS + "/wire", json("{}"));
        answers.put("PUT " + NETWORKS + "/wire", json("{}"));

        // When
        int code = api.fed("""
                {name: wire, path: {fromEndpoint: a, toEndpoint: b, capabilities: {bandwidthBits: 20M}}}
                ---
                {kind: Node, name: a, datapathId: 0000000000000010, maintenance: true}
                """, "apply", "-f", "-");

        // Then
        assertThat(code).isZero();
        assertThat(out.toString()).isEqualTo("node/a created\nnetwork/wire unchanged\n");
        assertThat(calls)
                .contains("PUT %s {\"name\":\"a\",\"datapathId\":\"0000000000000010\",\"maintenance\":true}"
                        .formatted(node));
    }

    @Test
    void takesANetworkWithMetadataAndSaysWhatOfItIsNotKept() {
        // Given
        api.environment.put("NO_COLOR", "1");
        String wire = "/v1/overlays/default/namespaces/team/networks/wire";
        answers.put("PUT " + wire, new Canned(201, "application/json", "{}"));

        // When
        int code = api.fed("""
                apiVersion: vlink/v1
                kind: Network
                metadata: {name: wire, namespace: team, labels: {app: x}}
                spec: {path: {fromEndpoint: a, toEndpoint: b}}
                """, "apply", "-f", "-");

        // Then
        assertThat(code).isZero();
        assertThat(out.toString()).isEqualTo("network/wire created\n");
        assertThat(err.toString()).isEqualTo("warning: network/wire: network-api does not keep metadata.labels.\n");
        assertThat(calls.getLast())
                .isEqualTo(
                        "PUT %s {\"name\":\"wire\",\"namespace\":\"team\",\"spec\":{\"path\":{\"fromEndpoint\":\"a\",\"toEndpoint\":\"b\"}}}"
                                .formatted(wire));
    }

    @Test
    void listsEveryViolationAndContinuesWithTheRest() {
        // Given
        answers.put("PUT " + NETWORKS + "/bad", new Canned(422, PROBLEM, """
                {"title": "What is asked for cannot be granted", "detail": "2 violations", "violations": [
                  {"field": "$.hops", "reason": "UnknownField", "message": "The field (hops) is not known here."},
                  {"field": "$.path", "reason": "Missing", "message": "The field (path) is required."}]}"""));
        answers.put("PUT " + NETWORKS + "/good", json("{}"));

        // Then
        assertThat(api.fed("{name: bad, path: {}}\n---\n{name: good, path: {}}", "apply", "-f", "-"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("network/bad is refused.")
                .contains("$.hops  UnknownField: The field (hops) is not known here.")
                .contains("$.path  Missing: The field (path) is required.");
        assertThat(out.toString()).isEqualTo("network/good created\n");
    }

    @Test
    void waitsUntilItIsReadyRefusedOrLate() {
        // Given
        answers.put("PUT " + NETWORKS + "/wire", json("{\"status\":{\"forward\":[\"a\",\"b\"]}}"));
        api.clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

        // Then
        assertThat(api.fed("{name: wire, path: {}}", "apply", "-f", "-", "--wait"))
                .isZero();
        assertThat(out.toString()).isEqualTo("network/wire created\nnetwork/wire is Ready: a → b\n");
        assertThat(calls.getLast()).contains("wait=30");

        // When: it is refused
        api.clock = Clock.systemUTC();

        answers.put("PUT " + NETWORKS + "/wire", new Canned(202, "application/json", """
                {"status": {"phase": "Refused", "conditions": [
                   {"type": "Accepted", "status": "False", "reason": "BandwidthExceeded"}],
                  "violations": [{"field": "$.path.links[0]", "reason": "BandwidthExceeded", "message": "2 G are asked."}]}}"""));

        // Then
        assertThat(api.fed("{name: wire, path: {}}", "apply", "-f", "-", "--wait"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "network/wire is refused: BandwidthExceeded\n  $.path.links[0]  BandwidthExceeded: 2 G are asked.");

        // When: it waits for an attachment
        answers.put("PUT " + NETWORKS + "/wire", new Canned(202, "application/json", """
                {"status": {"phase": "Waiting", "conditions": [
                   {"type": "Ready", "status": "False", "reason": "WaitingForAttachment", "message": "node-e waits."}]}}"""));

        // Then
        assertThat(api.fed("{name: wire, path: {}}", "apply", "-f", "-", "--wait=1"))
                .isEqualTo(5);
        assertThat(err.toString()).contains("network/wire is Waiting: WaitingForAttachment: node-e waits. (after 1 s)");
    }

    @Test
    void deletesInTheReverseOrder() {
        // Given
        for (String path :
                List.of(NETWORKS + "/wire", NETWORKS + "/wire/attachments/x", "/v1/overlays/default/nodes/a")) {
            answers.put("GET " + path, json("{}"));
            answers.put("DELETE " + path, new Canned(204, "application/json", ""));
        }

        // Then
        assertThat(api.fed("""
                {name: a, datapathId: a}
                ---
                {name: wire, path: {}}
                ---
                {network: wire, id: x, node: a, port: x}
                """, "delete", "-f", "-", "--wait=5")).isZero();
        assertThat(out.toString()).isEqualTo("attachment/wire/x deleted\nnetwork/wire deleted\nnode/a deleted\n");
        assertThat(api.run("delete", "network", "none")).isEqualTo(4);
        assertThat(api.run("delete", "network", "none", "--ignore-not-found")).isZero();
    }

    @Test
    void removesADisconnectedSwitch() {
        // Given
        String path = "/v1/switches/000000000000000a";
        answers.put("GET " + path, json("{\"datapathId\":\"000000000000000a\"}"));
        answers.put("DELETE " + path, new Canned(204, "application/json", ""));
        answers.put("GET /v1/overlays/default/nodes/a", json("{}"));
        answers.put("DELETE /v1/overlays/default/nodes/a", new Canned(204, "application/json", ""));

        // Then
        assertThat(api.run("delete", "switch/000000000000000a", "node/a")).isZero();
        assertThat(out.toString()).isEqualTo("node/a deleted\nswitch/000000000000000a forgotten\n");

        // When: the switch is connected
        answers.put("DELETE " + path, new Canned(409, PROBLEM, """
                {"title": "It contradicts what is recorded", "detail": "The switch is connected."}"""));

        // Then
        assertThat(api.run("delete", "switch", "000000000000000a")).isEqualTo(1);
        assertThat(err.toString())
                .contains("switch/000000000000000a is not deleted.")
                .contains("The switch is connected.");
    }

    @Test
    void warnsAboutLinksInUse() {
        // Given
        api.environment.put("NO_COLOR", "1");
        String link = "/v1/overlays/default/links/ab";
        String warned = """
                {"name": "ab", "withdrawn": true, "warnings": [
                  {"reason": "InUse", "message": "The link default/ab is in use: 3 networks cross it.", "current": 3, "leaving": 0}]}""";
        answers.put("GET " + link, json("{}"));
        answers.put("PUT " + link, json(warned));
        answers.put("DELETE " + link, new Canned(202, "application/json", warned));

        // Then
        assertThat(api.fed(
                        "{kind: Link, name: ab, from: {node: a, port: p}, to: {node: b, port: q}}", "apply", "-f", "-"))
                .isZero();
        assertThat(err.toString()).isEqualTo("warning: The link default/ab is in use: 3 networks cross it.\n");

        // When: it is a dry run
        err.getBuffer().setLength(0);
        answers.put(
                "PUT " + link + "?dryRun=true",
                json(warned.replace("\"withdrawn\": true", "\"outcome\": \"changed\"")));

        // Then
        assertThat(api.fed(
                        "{kind: Link, name: ab, from: {node: a, port: p}, to: {node: b, port: q}}",
                        "apply",
                        "--dry-run",
                        "-f",
                        "-"))
                .isZero();
        assertThat(out.toString()).isEqualTo("link/ab would be configured\n");
        assertThat(err.toString()).startsWith("warning: The link default/ab is in use");

        // Then: also when it is deleted
        err.getBuffer().setLength(0);
        assertThat(api.run("delete", "link", "ab")).isZero();
        assertThat(out.toString()).isEqualTo("link/ab is being removed\n");
        assertThat(err.toString()).isEqualTo("warning: The link default/ab is in use: 3 networks cross it.\n");
        err.getBuffer().setLength(0);
        assertThat(api.run("delete", "link", "ab", "--wait=1")).isEqualTo(5);
        assertThat(err.toString())
                .startsWith("warning: The link default/ab is in use")
                .contains("still being removed");
    }

    @Test
    void showsTheResultOfADryRun() {
        // Given
        String asked = "PUT " + NETWORKS + "/wire?dryRun=true";
        answers.put(asked, json("""
                {"network": "wire", "outcome": "admitted", "violations": [], "attachments": [],
                 "forward": {"nodes": ["a", "b"], "links": [], "latencyNanos": 200000}}"""));

        // Then
        assertThat(api.fed("{name: wire, path: {}}", "apply", "-f", "-", "--dry-run"))
                .isZero();
        assertThat(out.toString()).isEqualTo("network/wire would be admitted\n  forward  a → b  best effort  0.2 ms\n");

        // When: it is refused
        answers.put(asked, json("""
                {"network": "wire", "outcome": "refused", "attachments": [],
                 "violations": [{"field": "$.path", "reason": "NoPath", "message": "No way leads there."}]}"""));

        // Then
        assertThat(api.fed("{name: wire, path: {}}", "apply", "-f", "-", "--dry-run"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("network/wire would be refused.\n  $.path  NoPath: No way leads there.");
    }
}
