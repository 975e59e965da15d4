package io.vlink.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.cli.kinds.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {

    @TempDir
    Path directory;

    @Test
    void acceptsTheManifestOfTheGuideUnchanged() {
        // When
        List<Document> documents = new Sources(nothing()).read(List.of(Path.of("../samples/vlink-sample.yaml")));

        // Then
        assertThat(documents).singleElement().satisfies(document -> {
            assertThat(document.kind()).isEqualTo(Kind.NETWORK);
            assertThat(document.reference(null, null)).hasToString("network/vlink-sample");
            assertThat(document.body().path("apiVersion").asText()).isEqualTo("l2sm.l2sm.k8s.local/v1");
            assertThat(document.body().path("spec").path("config").asText()).contains("\"FromEndpoint\": \"node-a\"");
        });
    }

    @Test
    void recognisesEveryKindInSeveralDocumentsOfOneStream() {
        // When
        List<Document> documents = read("""
                name: node-a
                datapathId: 0000000000000010
                ---
                {"name": "link-ab", "from": {"node": "a", "port": "x"}, "to": {"node": "b", "port": "y"}}
                ---
                name: wire
                spec: {type: vlink, path: {fromEndpoint: a, toEndpoint: b}}
                ---
                kind: Attachment
                network: wire
                namespace: team-b
                id: alice
                node: a
                port: alice
                ---
                """);

        // Then
        assertThat(documents)
                .extracting(document -> document.reference(null, null).toString())
                .containsExactly("node/node-a", "link/link-ab", "network/wire", "attachment/wire/alice");
        assertThat(documents.get(0).body().path("datapathId").asText())
                .as("text as written, not octal")
                .isEqualTo("0000000000000010");
        assertThat(documents.get(3).body().has("kind")).isFalse();
        assertThat(documents.get(3).reference(null, null).path())
                .isEqualTo("/v1/overlays/default/namespaces/team-b/networks/wire/attachments/alice");
    }

    @Test
    void acceptsListsAsPrintedByGetAndConsecutiveJsonDocuments() {
        assertThat(read("{\"items\": [{\"name\": \"a\", \"path\": {}}, {\"name\": \"b\", \"path\": {}}]}"))
                .extracting(document -> document.reference(null, "team").path())
                .containsExactly(
                        "/v1/overlays/default/namespaces/team/networks/a",
                        "/v1/overlays/default/namespaces/team/networks/b");
        assertThat(read("{\"name\": \"a\", \"path\": {}}\n{\"name\": \"b\", \"path\": {}}"))
                .hasSize(2);
        assertThat(read("items:\n- {name: a, path: {}}\n- {name: b, path: {}}")).hasSize(2);
    }

    @Test
    void acceptsTheShapeOfKubernetesForEveryKind() {
        // When
        List<Document> documents = read("""
                apiVersion: vlink/v1
                kind: Network
                metadata: {name: wire, namespace: team-b, labels: {app: x}, resourceVersion: "7"}
                spec: {path: {fromEndpoint: a, toEndpoint: b}}
                status: {phase: Ready}
                ---
                metadata: {name: a}
                spec: {datapathId: 0000000000000010}
                ---
                kind: Link
                metadata: {name: ab, overlay: lab}
                spec: {from: {node: a, port: x}, to: {node: b, port: y}, kind: plain}
                ---
                kind: Attachment
                metadata: {name: alice, namespace: team-b}
                spec: {network: wire, node: a, port: alice}
                """);

        // Then
        assertThat(documents)
                .extracting(document -> document.reference(null, null).path())
                .containsExactly(
                        "/v1/overlays/default/namespaces/team-b/networks/wire",
                        "/v1/overlays/default/nodes/a",
                        "/v1/overlays/lab/links/ab",
                        "/v1/overlays/default/namespaces/team-b/networks/wire/attachments/alice");
        assertThat(documents)
                .extracting(document -> document.body().toString())
                .containsExactly(
                        "{\"name\":\"wire\",\"namespace\":\"team-b\",\"spec\":{\"path\":{\"fromEndpoint\":\"a\",\"toEndpoint\":\"b\"}}}",
                        "{\"name\":\"a\",\"spec\":{\"datapathId\":\"0000000000000010\"}}",
                        "{\"name\":\"ab\",\"overlay\":\"lab\",\"spec\":{\"from\":{\"node\":\"a\",\"port\":\"x\"},\"to\":{\"node\":\"b\",\"port\":\"y\"},\"kind\":\"plain\"}}",
                        "{\"id\":\"alice\",\"namespace\":\"team-b\",\"spec\":{\"node\":\"a\",\"port\":\"alice\"},\"network\":\"wire\"}");
        assertThat(documents.getFirst().dropped()).containsExactly("metadata.labels");
        assertThat(documents.getLast().dropped()).isEmpty();
    }

    @Test
    void saysWhatToDoWithKindsThatCannotBeDeclared() {
        assertThatThrownBy(() -> read("kind: Switch\nname: a"))
                .hasMessageContaining("a switch is observed and cannot be declared");
        assertThatThrownBy(() -> read("kind: Overlay\nmetadata: {name: a}")).hasMessageContaining("kubectl apply");
        assertThatThrownBy(() -> read("kind: L2SMNetwork\nmetadata: {name: a}"))
                .hasMessageContaining("L2SMNetwork is an older name of L2Network");
        assertThatThrownBy(() -> read("kind: NetworkEdgeDevice\nmetadata: {name: a}"))
                .hasMessageContaining("this kind of L2S-M is not built");
        assertThatThrownBy(() -> read("kind: Network\nmetadata: {name: a, nmespace: b}\nspec: {path: {}}"))
                .hasMessageContaining("the field metadata.nmespace is not known. Known: name, namespace, overlay");
    }

    @Test
    void readsADirectoryInTheOrderOfItsFiles() throws IOException {
        // Given
        Files.writeString(directory.resolve("2.yaml"), "{name: second, path: {}}");
        Files.writeString(directory.resolve("1.json"), "{\"name\": \"first\", \"path\": {}}");
        Files.writeString(directory.resolve("notes.txt"), "no document");

        // When
        List<Document> documents = new Sources(nothing()).read(List.of(directory));

        // Then
        assertThat(documents)
                .extracting(document -> document.reference(null, null).name())
                .containsExactly("first", "second");
    }

    @Test
    void reportsWhereADocumentIsWrong() {
        assertThatThrownBy(() -> read("name: [a\nb: c")).hasMessageContaining("standard input:2:");
        assertThatThrownBy(() -> read("name: a\nname: b"))
                .hasMessage("standard input:2:1: the field name occurs twice.");
        assertThatThrownBy(() -> read("{\"name\": \"a\""))
                .hasMessageContaining("is not valid JSON: Unexpected end-of-input");
        assertThatThrownBy(() -> read("just words")).hasMessageContaining("an object is required");
        assertThatThrownBy(() -> read("name: a\nhops: 3")).hasMessageContaining("a link from and to");
        assertThatThrownBy(() -> read("kind: Switch\nname: a")).hasMessageContaining("must be Node, Link, Network");
        assertThatThrownBy(() -> read("---\n")).hasMessage("- contains no document.");
        assertThatThrownBy(() -> new Sources(nothing()).read(List.of(Path.of("no-such-file.yaml"))))
                .hasMessage("The file no-such-file.yaml does not exist.");
        assertThatThrownBy(() -> new Sources(nothing()).read(List.of(directory)))
                .hasMessageContaining("contains no file that ends in .yaml");
        assertThatThrownBy(() -> read("path: {}").getFirst().reference(null, null))
                .hasMessageContaining("document 1: the field (name) is required");
        assertThatThrownBy(() ->
                        read("{name: a, namespace: x, path: {}}").getFirst().reference(null, "y"))
                .hasMessageContaining("the namespace (x) is not the one on the command line (y)");
    }

    @Test
    void readsItsOwnYamlBackUnchanged() {
        // Given
        Document document =
                read("{\"name\": \"a\", \"datapathId\": \"0000000000000010\", \"version\": \"1.4\", \"yes\": \"true\"}")
                        .getFirst();

        // When
        String yaml = Written.yaml(document.body());

        // Then
        assertThat(read(yaml)).singleElement().satisfies(again -> assertThat(again.body())
                .isEqualTo(document.body()));
    }

    private static List<Document> read(String text) {
        return new Sources(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).read(List.of(Path.of("-")));
    }

    private static ByteArrayInputStream nothing() {
        return new ByteArrayInputStream(new byte[0]);
    }
}
