package io.vlink.networkapi.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.log.EventJson;
import io.vlink.networkapi.Detour;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The stream sends paths in their published form, independent of the form in Kafka. */
class ToldPathTest {

    private static final ObjectMapper JSON = EventJson.mapper();

    @Test
    void sendsADecisionInThePublishedForm() throws IOException {
        // Given
        PathDecision decision = JSON.treeToValue(
                read(PathDecision.class, "/io/vlink/events/examples/PathDecision.json"), PathDecision.class);

        // When
        JsonNode sent = JSON.readTree(JSON.writeValueAsBytes(ToldPath.of(decision)));

        // Then
        assertThat(sent).isEqualTo(read(ToldPathTest.class, "told-path.json"));
    }

    @Test
    void sendsNoProtectionPaths() throws IOException {
        PathDecision decision = JSON.treeToValue(
                read(PathDecision.class, "/io/vlink/events/examples/PathDecision.json"), PathDecision.class);
        Circuit plain = Objects.requireNonNull(decision.current());

        assertThat(ToldPath.ToldCircuit.of(Detour.around(plain))).isEqualTo(ToldPath.ToldCircuit.of(plain));
    }

    private static JsonNode read(Class<?> beside, String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return JSON.readTree(file);
        }
    }
}
