package io.vlink.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.RuleState;
import io.vlink.events.switches.Switch;
import io.vlink.log.schema.UnreadableEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads valid events, and reports invalid ones. */
class EventJsonTest {

    @Test
    void readsAGoldenExample() throws Exception {
        assertThat(EventJson.read(entry(example("PathDecision")), PathDecision.class)
                        .id()
                        .name())
                .isEqualTo("vlink-sample");
    }

    @Test
    void acceptsAbsentOptionalFields() throws Exception {
        RuleState state = EventJson.read(entry("""
                        {"network": "default/default/v", "datapathId": "000000000000000a", "epoch": 1,
                         "revision": "1.2.2"}"""), RuleState.class);

        assertThat(state.error()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revision | revision",
                "outcome | outcome",
                "nodes | current.nodes",
                "node | current.ends[0].node",
                "reason | impairments[0].reason",
            })
    void namesTheMissingField(String field, String path) throws IOException {
        // Given
        String broken = example("PathDecision").replace("\"" + field + "\"", "\"ignored\"");

        // Then
        assertThatThrownBy(() -> EventJson.read(entry(broken), PathDecision.class))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessage("The record is not a valid PathDecision: %s is missing.", path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/outcome | null | outcome",
                "/current/ends/1/node | null | current.ends[1].node",
                "/impairments | [null] | impairments[0]",
                "/current/routes/0/hops | [null] | current.routes[0].hops[0]",
            })
    void treatsNullAsMissing(String pointer, String json, String path) throws IOException {
        // Given
        JsonNode broken = EventJson.mapper().readTree(example("PathDecision"));
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) broken.at(pointer.substring(0, last)))
                .set(pointer.substring(last + 1), EventJson.mapper().readTree(json));

        // Then
        assertThatThrownBy(() -> EventJson.read(entry(broken.toString()), PathDecision.class))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessage("The record is not a valid PathDecision: %s is missing.", path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | The record is null; a Switch is expected.",
                "{} | The record is not a valid Switch: id is missing.",
                "4 | The record is not a valid Switch:",
                "{\"id\": \"x\"} | The record is not a valid Switch:",
                "{\"id\" | The record is not a valid Switch:",
            })
    void explainsWhyARecordIsNotTheEvent(String json, String why) {
        assertThatThrownBy(() -> EventJson.read(entry(json), Switch.class))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void writesNoLoneSurrogates() {
        Switch strange = new Switch(
                new DatapathId(1), 1, Switch.State.CONNECTED, null, "g", null, null, "a\ud800b", false, Instant.EPOCH);

        assertThat(new String(EventJson.write(strange), StandardCharsets.UTF_8))
                .contains("\"a\ufffdb\"")
                .doesNotContainIgnoringCase("\\ud800");
    }

    @Test
    void writesInstantsAsJacksonDoes() throws IOException {
        // Given
        ObjectMapper jackson = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
        List<Instant> instants = new ArrayList<>(List.of(
                Instant.EPOCH,
                Instant.MIN,
                Instant.MAX,
                Instant.ofEpochSecond(-1, 1),
                Instant.parse("2026-11-23T10:00:00.5Z"),
                Instant.parse("2026-11-23T10:00:00.000001Z")));
        for (int i = 0; i < 2000; i++) { // more than the cache keeps
            instants.add(Instant.ofEpochMilli(1_795_000_000_000L + 37L * i));
        }

        // Then
        for (Instant instant : instants) {
            byte[] expected = jackson.writeValueAsBytes(instant);
            assertThat(EventJson.write(instant)).isEqualTo(expected);
            assertThat(EventJson.write(instant)).isEqualTo(expected);
        }
    }

    private static String example(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                PathDecision.class.getResourceAsStream("/io/vlink/events/examples/" + name + ".json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Entry entry(String json) {
        return new Entry(Topic.PATHS, 0, 0, Instant.EPOCH, "key", json.getBytes(StandardCharsets.UTF_8));
    }
}
