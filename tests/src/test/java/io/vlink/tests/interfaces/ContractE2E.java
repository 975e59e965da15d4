package io.vlink.tests.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.vlink.tests.suite.Kcat;
import io.vlink.tests.suite.Playground;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document is correct: it lists every topic, and every record matches it. */
class ContractE2E {

    @Test
    void writesOnlyRecordsThatMatchTheAsyncApiDocument() throws IOException {
        try (Playground play = new Playground()) {
            // Given: a vlink that is created, changed and deleted; a refusal; a dead letter
            Kcat kcat = new Kcat(play.suite().bootstrapServers());
            play.joined("by-contract", "con-a", "10.8.0.1/24", "con-e", "10.8.0.2/24");
            kcat.produce("vlink.requests", 0, "neither read nor granted");
            kcat.produce("vlink.requests", 0, "{\"type\": \"WithdrawNode\", \"requestId\": \"contract\"}");
            kcat.await(
                    "vlink.answers",
                    "the refusal",
                    r -> r.json().path("requestId").asText().equals("contract"));
            kcat.await(
                    "vlink.counters",
                    "counters",
                    r -> r.payload() != null && r.payload().contains("by-contract"));
            play.delete("by-contract");
            JsonNode document = new ObjectMapper(new YAMLFactory())
                    .readTree(play.suite()
                            .root()
                            .resolve("docs/events/asyncapi.yaml")
                            .toFile());

            // When
            List<String> untrue = new ArrayList<>();
            Set<String> seen = new TreeSet<>();
            for (JsonNode channel : document.path("channels")) {
                String topic = channel.path("address").asText();
                if (topic.equals("vlink.requests")) {
                    continue; // written by users, so it may contain anything
                }
                JsonSchema schema = schema(document, channel);
                for (Kcat.Printed record : kcat.read(topic)) {
                    if (record.payload() != null) {
                        seen.add(topic);
                        schema.validate(record.json())
                                .forEach(wrong -> untrue.add("%s %s: %s".formatted(topic, record.key(), wrong)));
                    }
                }
            }

            // Then
            assertThat(untrue).isEmpty();
            assertThat(seen)
                    .contains(
                            "vlink.answers",
                            "vlink.attachments",
                            "vlink.counters",
                            "vlink.dead-letters",
                            "vlink.link-states",
                            "vlink.links",
                            "vlink.networks",
                            "vlink.nodes",
                            "vlink.paths",
                            "vlink.ports",
                            "vlink.rule-states",
                            "vlink.rules",
                            "vlink.statuses",
                            "vlink.switches");
        }
    }

    /** Returns a schema that accepts any message of the channel; its references point into the document. */
    private static JsonSchema schema(JsonNode document, JsonNode channel) {
        ObjectNode schema = new ObjectMapper().createObjectNode();
        ArrayNode messages = schema.putArray("oneOf");
        channel.path("messages")
                .forEach(message -> messages.add(
                        document.at(message.path("$ref").asText().substring(1)).path("payload")));
        schema.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
}
