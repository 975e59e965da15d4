package io.vlink.networkapi.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class NetworksIT {

    private static final String NETWORKS = "/v1/namespaces/crud/networks";
    private static final String BODY = "{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";
    private static final String OTHER = "{'path':{'fromEndpoint':'a','toEndpoint':'c'}}";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    private Rest rest = new Rest(base);

    @BeforeEach
    void connect() {
        rest = Await.serving(base);
    }

    @Test
    void acceptsTheGuidesManifestAndShowsIt() throws IOException {
        // Given
        byte[] manifest = Files.readAllBytes(Path.of("../samples/vlink-sample.yaml"));

        // When
        var created = rest.send("POST", "/v1/namespaces/guide/networks", manifest, "Content-Type", "application/yaml");

        // Then
        assertThat(created.status()).isEqualTo(202);
        assertThat(created.header("Location")).isEqualTo("/v1/overlays/default/namespaces/guide/networks/vlink-sample");
        var shown = rest.get(created.header("Location"));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.header("ETag")).isEqualTo(created.header("ETag"));
        var spec = shown.json().path("spec");
        assertThat(spec.at("/path/fromEndpoint").asText()).isEqualTo("node-a");
        assertThat(spec.at("/path/capabilities/bandwidthBits").asLong()).isEqualTo(20_000_000);
        assertThat(spec.at("/path/capabilities/latencyNanos").asLong()).isEqualTo(800_000);
        assertThat(spec.at("/reversePath/links/1").asText()).isEqualTo("link-db");
        assertThat(spec.path("protection").asText()).isEqualTo("none");
        assertThat(shown.json().at("/status/phase").asText()).isEqualTo("Pending");
    }

    @Test
    void tellsACallerThatKnowsTheGenerationThatItIsTheSame() {
        // Given
        String path = NETWORKS + "/known";
        String tag = rest.put(path, BODY).header("ETag");

        // When
        var same = rest.get(path, "If-None-Match", tag);

        // Then
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("ETag")).isEqualTo(tag);
        assertThat(same.text()).isEmpty();
        for (String known : List.of("*", "W/" + tag, "\"77777\", " + tag)) {
            assertThat(rest.get(path, "If-None-Match", known).status())
                    .as(known)
                    .isEqualTo(304);
        }
        assertThat(rest.send("HEAD", path, new byte[0], "If-None-Match", tag).status())
                .isEqualTo(304);
        assertThat(rest.get(path, "If-None-Match", "three").status()).isEqualTo(400);
        assertThat(rest.get(NETWORKS + "/unknown", "If-None-Match", "*").status())
                .isEqualTo(404);

        // When
        String next = rest.put(path, OTHER).header("ETag");
        var changed = rest.get(path, "If-None-Match", tag);

        // Then
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo(next);
    }

    @Test
    void anAttachmentWithoutANetworkSaysSo() {
        // Given
        String network = NETWORKS + "/late";
        String path = network + "/attachments/early";

        // When
        var declared = rest.put(path, "{'node':'a','port':'p'}");

        // Then
        assertThat(declared.status()).isEqualTo(202);
        assertThat(declared.json().at("/status/reason").asText()).isEqualTo("NetworkUnknown");
        assertThat(declared.json().at("/status/holds").asBoolean(true)).isFalse();
        assertThat(rest.get(path).json().at("/status/message").asText())
                .matches("There is no network default/[^/]+/late\\. The attachment waits for it\\.");
        assertThat(rest.get(network + "/attachments")
                        .json()
                        .at("/items/0/status/reason")
                        .asText())
                .isEqualTo("NetworkUnknown");

        // When
        rest.put(network, BODY);

        // Then
        assertThat(rest.get(path).json().path("status").isMissingNode()).isTrue();
    }

    @Test
    void acceptsTheFormThatItShows() {
        // Given
        rest.put(NETWORKS + "/round", BODY);
        var shown = rest.get(NETWORKS + "/round", "Accept", "application/yaml");
        assertThat(shown.header("Content-Type")).startsWith("application/yaml");

        // When
        var again =
                rest.send("PUT", NETWORKS + "/round", shown.response().body(), "Content-Type", "application/x-yaml");

        // Then
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("ETag")).isEqualTo(shown.header("ETag"));
        assertThat(rest.put(NETWORKS + "/round", rest.get(NETWORKS + "/round").text())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void showsWritesAtOnce() {
        for (int i = 0; i < 50; i++) {
            String body = i % 2 == 0 ? BODY : OTHER;
            var written = rest.put(NETWORKS + "/at-once", body);
            assertThat(written.status()).isEqualTo(202);
            assertThat(rest.get(NETWORKS + "/at-once").header("ETag")).isEqualTo(written.header("ETag"));
        }
    }

    @Test
    void createsOnlyOnce() {
        var first = rest.post(NETWORKS, "{'name':'once','path':{'fromEndpoint':'a','toEndpoint':'b'}}");
        var second = rest.post(NETWORKS, "{'name':'once','path':{'fromEndpoint':'a','toEndpoint':'b'}}");

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().path("type").asText()).isEqualTo("urn:vlink:problem:exists");
        assertThat(second.text()).as("no field of the internal request").doesNotContain("ifGeneration", "violations");
    }

    @Test
    void respectsEntityTags() {
        // Given
        String path = NETWORKS + "/tagged";

        // Then
        assertThat(rest.put(path, BODY, "If-Match", "*").status()).isEqualTo(412);

        // When
        var created = rest.put(path, BODY, "If-None-Match", "*");

        // Then
        assertThat(created.status()).isEqualTo(202);
        assertThat(rest.put(path, OTHER, "If-None-Match", "*").status()).isEqualTo(412);
        String tag = created.header("ETag");

        // When
        var changed = rest.put(path, OTHER, "If-Match", tag);
        var stale = rest.put(path, BODY, "If-Match", tag);

        // Then
        assertThat(changed.status()).isEqualTo(202);
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(stale.json().path("detail").asText())
                .contains(
                        "its generation is %s".formatted(changed.header("ETag").replace("\"", "")));
        assertThat(rest.put(path, BODY, "If-Match", "W/" + changed.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(rest.put(path, BODY, "If-Match", "\"77777\", " + changed.header("ETag"))
                        .status())
                .isEqualTo(202);
        assertThat(rest.delete(path, "If-Match", tag).status()).isEqualTo(412);
        assertThat(rest.put(path, BODY, "If-Match", "three").status()).isEqualTo(400);
        assertThat(rest.put(path, BODY, "If-Match", "*", "If-None-Match", "*").status())
                .isEqualTo(412);
        assertThat(rest.post(NETWORKS, "{'name':'untagged'," + BODY.substring(1), "If-Match", "*")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void listsByNameWithinTheNamespace() {
        // Given
        rest.put("/v1/namespaces/listed/networks/m-2", BODY);
        rest.put("/v1/namespaces/listed/networks/m-10", BODY);
        rest.put("/v1/namespaces/listed-not/networks/m-3", BODY);
        rest.put("/v1/overlays/other/namespaces/listed/networks/m-4", BODY);

        // When
        var listed = rest.get("/v1/namespaces/listed/networks");

        // Then
        assertThat(listed.json().path("items").valueStream().map(n -> n.path("name")
                        .asText()))
                .containsExactly("m-10", "m-2");
        assertThat(rest.get("/v1/namespaces/empty/networks").json().path("items"))
                .isEmpty();
    }

    @Test
    void withdrawsRepeatablyAndContinuesGenerations() {
        // Given
        String path = NETWORKS + "/gone";
        assertThat(rest.delete(path).status()).isEqualTo(204);
        long generation = generation(rest.put(path, BODY));

        // When
        var withdrawn = rest.delete(path);
        var again = rest.delete(path);

        // Then
        assertThat(withdrawn.status()).isEqualTo(202);
        assertThat(withdrawn.json().path("withdrawn").asBoolean()).isTrue();
        assertThat(generation(withdrawn)).isEqualTo(generation + 1);
        assertThat(again.status()).isEqualTo(202);
        assertThat(generation(again)).isEqualTo(generation + 1);

        // When
        var revived = rest.post(NETWORKS, "{'name':'gone','path':{'fromEndpoint':'a','toEndpoint':'b'}}");

        // Then
        assertThat(revived.status()).isEqualTo(202);
        assertThat(generation(revived)).isEqualTo(generation + 2);
        assertThat(revived.json().path("withdrawn").isMissingNode()).isTrue();
    }

    @Test
    void keepsOverlaysApart() {
        rest.put("/v1/overlays/one/namespaces/default/networks/same", BODY);
        assertThat(rest.get("/v1/overlays/two/namespaces/default/networks/same").status())
                .isEqualTo(404);
        assertThat(rest.get("/v1/namespaces/default/networks/same").status()).isEqualTo(404);
    }

    private static long generation(Rest.Reply reply) {
        return reply.json().path("generation").asLong();
    }
}
