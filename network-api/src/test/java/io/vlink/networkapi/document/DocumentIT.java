package io.vlink.networkapi.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.statuses.Condition;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The OpenAPI document is sufficient to use the API. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class DocumentIT {

    @TestHTTPResource("/")
    URI base = URI.create("/");

    private Rest rest = new Rest(base);
    private JsonNode document = MissingNode.getInstance();

    @BeforeEach
    void read() {
        rest = Await.serving(base);
        document = rest.get("/q/openapi?format=json").json();
    }

    @Test
    void describesEachField() {
        // When
        List<String> silent = new ArrayList<>();
        document.at("/components/schemas").properties().forEach(schema -> {
            if (schema.getValue().path("description").asText().isBlank()) {
                silent.add(schema.getKey());
            }
            schema.getValue().path("properties").properties().forEach(field -> {
                boolean said =
                        field.getValue().has("description") || field.getValue().has("$ref");
                if (!said) {
                    silent.add(schema.getKey() + "." + field.getKey());
                }
            });
        });

        // Then
        assertThat(silent).isEmpty();
    }

    @Test
    void listsTheAnswersToEachCall() {
        // Then: each call lists them
        List<String> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().has("operationId")) {
                        operations.add(method.getValue().path("operationId").asText());
                        assertThat(method.getValue().path("summary").asText()).isNotBlank();
                        assertThat(method.getValue().path("tags")).hasSize(1);
                        JsonNode responses = method.getValue().path("responses");
                        assertThat(responses.has("default")).isFalse();
                        for (String status : List.of("400", "500", "503")) {
                            assertThat(responses
                                            .at("/" + status + "/content/application~1problem+json/schema/$ref")
                                            .asText())
                                    .as("%s %s", path.getKey(), status)
                                    .endsWith("/Problem");
                        }
                    }
                }));

        assertThat(operations)
                .doesNotHaveDuplicates()
                .contains("putNetwork", "bulk", "followEvents", "getPath")
                .hasSizeGreaterThanOrEqualTo(30); // more may be added, none may be removed
    }

    @Test
    void hasNoBrokenReferences() {
        List<String> references = document.findValuesAsText("$ref");

        assertThat(references).contains("#/components/schemas/SwitchList");
        assertThat(references).allSatisfy(reference -> assertThat(document.at(reference.substring(1)))
                .as("$ref %s", reference)
                .isNotEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void describesEachCondition(Condition.Type type) {
        assertThat(document.at("/components/schemas/Condition/properties/type/description")
                        .asText())
                .contains("`" + type + "`");
    }

    @Test
    void givesUnitsAndExamples() {
        assertThat(document.at("/components/schemas/Capabilities/properties/bandwidthBits/description")
                        .asText())
                .contains("bit/s");
        assertThat(document.at("/components/schemas/Bandwidth/examples")).isNotEmpty();
        assertThat(document.at("/components/schemas/NetworkSpec/properties/path/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/PathSpec");
        assertThat(document.at("/components/schemas/PathSpec/properties/links/type")
                        .asText())
                .isEqualTo("array");
        assertThat(document.at("/components/schemas/Network/required")
                        .valueStream()
                        .map(JsonNode::asText))
                .contains("overlay", "generation", "status")
                .doesNotContain("withdrawn");
    }

    @Test
    void acceptsItsOwnExamples() {
        for (String thing : List.of("Node", "Link", "Network")) {
            // Given
            JsonNode example = document.at("/components/schemas/%sDeclaration/examples/0".formatted(thing));
            String collection = thing.equals("Network")
                    ? "/v1/overlays/examples/namespaces/x/networks"
                    : "/v1/overlays/examples/%ss".formatted(thing.toLowerCase(Locale.ROOT));

            // Then
            assertThat(rest.post(collection, example.toString()).status())
                    .as(thing)
                    .isIn(201, 202);
        }

        // Given
        JsonNode attachment = document.at("/components/schemas/AttachmentDeclaration/examples/0");

        // Then
        assertThat(rest.post(
                                "/v1/overlays/examples/namespaces/x/networks/vlink-sample/attachments",
                                attachment.toString())
                        .status())
                .isEqualTo(202);

        // Given
        JsonNode line =
                document.at("/paths/~1v1~1bulk/post/requestBody/content/application~1x-ndjson/examples/create/value");

        // Then
        assertThat(rest.send(
                                "POST",
                                "/v1/bulk",
                                line.toString().getBytes(StandardCharsets.UTF_8),
                                "Content-Type",
                                "application/x-ndjson")
                        .text())
                .contains("\"status\":202");
    }

    @Test
    void servesAPageToTryIt() {
        assertThat(rest.get("/q/swagger-ui/").text()).contains("swagger");
    }
}
