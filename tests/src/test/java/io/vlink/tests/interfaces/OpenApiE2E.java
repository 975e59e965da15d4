package io.vlink.tests.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.Playground;
import io.vlink.tests.suite.Python;
import io.vlink.tests.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The served OpenAPI document is correct: all answers match it, and a client generated from it works. */
class OpenApiE2E {

    private static final Duration FUZZING = Duration.ofMinutes(5);
    /** The default seed, which once found a URL that was too long. VLINK_FUZZ_SEED sets another. */
    private static final String SEED = "44121260273002697273612677870118104618";

    @TempDir
    Path directory;

    @Test
    void allAnswersMatchTheDocument() throws IOException {
        // Given
        Suite suite = Suite.running();
        Python python = Python.ready(suite);
        Path unused = Files.copy(python.script("fuzz_hooks.py"), directory.resolve("fuzz_hooks.py"));

        // When
        Command.Result result = python.run(
                directory,
                Map.of("SCHEMATHESIS_HOOKS", "fuzz_hooks", "PYTHONPATH", directory.toString()),
                FUZZING,
                List.of(
                        "st",
                        "--config-file",
                        python.script("schemathesis.toml").toString(),
                        "run",
                        url(suite) + "/q/openapi?format=json",
                        "--url",
                        url(suite),
                        "--checks",
                        "not_a_server_error,status_code_conformance,content_type_conformance,"
                                + "response_headers_conformance,response_schema_conformance",
                        // An endless answer; EventsIT tests it.
                        "--exclude-path",
                        "/v1/events",
                        "--max-time",
                        "60",
                        "--max-examples",
                        "40",
                        "--generation-database",
                        "none",
                        "--seed",
                        System.getenv().getOrDefault("VLINK_FUZZ_SEED", SEED),
                        "--no-color"));

        // Then
        assertThat(result.exitCode()).as("%s", result.output()).isZero();
        forget(suite.api());
    }

    @Test
    void aClientGeneratedFromTheDocumentDoesTheGuide() {
        try (Playground play = new Playground()) {
            // Given
            Suite suite = play.suite();
            Python python = Python.ready(suite);
            play.plug("a", "pyping", "10.9.0.1/24");
            play.plug("e", "pypong", "10.9.0.2/24");
            Path client = directory.resolve("client");
            Command.Result made = python.run(
                    directory,
                    Map.of("PATH", System.getenv("PATH")),
                    Duration.ofMinutes(1),
                    List.of(
                            "openapi-python-client",
                            "generate",
                            "--url",
                            url(suite) + "/q/openapi?format=json",
                            "--meta",
                            "none",
                            "--config",
                            python.script("client.yaml").toString(),
                            "--output-path",
                            client.resolve("vlink_client").toString()));
            assertThat(made.exitCode()).as("%s", made.output()).isZero();

            // When
            Command.Result guide = python.run(
                    directory,
                    Map.of("PYTHONPATH", client.toString()),
                    Duration.ofMinutes(1),
                    List.of("python", python.script("guide_client.py").toString(), url(suite)));

            // Then
            assertThat(guide.output().lines())
                    .as("%s", guide.output())
                    .containsExactly(
                            "forward node-a node-c node-d node-e",
                            "reverse node-e node-d node-b node-a",
                            "bits 20000000",
                            "deleted 204");
            for (String workload : List.of("pyping", "pypong")) {
                play.api().delete(Api.network("python", "vlink-sample") + "/attachments/" + workload);
            }
        }
    }

    private static String url(Suite suite) {
        return "http://127.0.0.1:" + suite.apiPort();
    }

    /**
     * Deletes the records of the fuzzed calls. They use their own overlay, except for the document's example of a bulk,
     * whose lines name the namespace docs.
     */
    private static void forget(Api api) {
        for (String overlay : List.of("default", "vlink-sample")) {
            for (JsonNode network : api.list("/v1/overlays/%s/networks".formatted(overlay))) {
                if (network.path("namespace").asText().equals("docs")) {
                    String path = "/v1/overlays/%s/namespaces/docs/networks/%s"
                            .formatted(overlay, network.path("name").asText());
                    assertThat(api.delete(path, "").status()).as(path).isIn(202, 204);
                }
            }
        }
        for (String things : List.of("networks", "attachments", "links", "nodes")) {
            for (JsonNode item : api.list("/v1/overlays/fuzz/" + things)) {
                String in = "/v1/overlays/fuzz/namespaces/%s/networks/"
                        .formatted(item.path("namespace").asText());
                String path =
                        switch (things) {
                            case "networks" -> in + item.path("name").asText();
                            case "attachments" ->
                                in + item.path("network").asText() + "/attachments/"
                                        + item.path("id").asText();
                            default ->
                                "/v1/overlays/fuzz/%s/%s"
                                        .formatted(things, item.path("name").asText());
                        };
                assertThat(api.delete(path, "").status()).as(path).isIn(202, 204);
            }
        }
    }
}
