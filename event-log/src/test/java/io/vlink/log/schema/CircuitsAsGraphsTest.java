package io.vlink.log.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.Topic;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Converts records from before circuits were graphs: the golden examples of that build become the present ones. */
class CircuitsAsGraphsTest {

    private static final ObjectMapper JSON = EventJson.mapper();
    /** The fields of a decision that contain circuits. */
    private static final List<String> CIRCUITS = List.of("current", "retiring");

    @Test
    void convertsAnOldDecisionToThePresentForm() throws IOException {
        assertThat(CircuitsAsGraphs.ofDecision(old("PathDecision"))).isEqualTo(golden("PathDecision"));
    }

    @Test
    void convertsAnOldQuarantineRecordToThePresentForm() throws IOException {
        ObjectNode quarantined = old("Resting");
        quarantined.remove("network"); // with a network, the record would mean ports left by renumbering
        ObjectNode now = golden("Resting");
        now.remove("network");

        assertThat(CircuitsAsGraphs.ofQuarantined(quarantined)).isEqualTo(now);
    }

    @Test
    void readsOldRecordsFromKafka() throws IOException, UnreadableEvent {
        // When
        PathDecision decision =
                EventJson.read(entry(Topic.PATHS, JSON.writeValueAsBytes(old("PathDecision"))), PathDecision.class);
        QuarantinedCircuit quarantined = EventJson.read(
                entry(Topic.RESTING, JSON.writeValueAsBytes(old("RestingFormer"))), QuarantinedCircuit.class);

        // Then
        assertThat(decision).isEqualTo(JSON.treeToValue(golden("PathDecision"), PathDecision.class));
        assertThat(quarantined.circuit().sides())
                .extracting(side -> "%s %s %s at %s=%s"
                        .formatted(
                                side.hop().node(),
                                side.sending() ? "sends" : "receives",
                                side.lane().label(),
                                side.locator(),
                                side.port()))
                .containsExactly(
                        "node-a sends vlan:1 at to-c=2",
                        "node-d sends vlan:3 at to-e=2",
                        "node-d receives vlan:1 at to-c=1");
        assertThat(quarantined.circuit().nodes()).containsExactly("node-a", "node-d");
    }

    /** That build wrote no locators, no effects, and no times. */
    @Test
    void readsRecordsOfBuild668eddb() throws IOException, UnreadableEvent {
        // Given
        PathDecision golden = JSON.treeToValue(golden("PathDecision"), PathDecision.class);

        // When
        PathDecision decision = EventJson.read(
                entry(Topic.PATHS, JSON.writeValueAsBytes(old("668eddb/PathDecision"))), PathDecision.class);
        QuarantinedCircuit quarantined = EventJson.read(
                entry(Topic.RESTING, JSON.writeValueAsBytes(old("668eddb/Resting"))), QuarantinedCircuit.class);

        // Then
        assertThat(decision.circuits())
                .isEqualTo(golden.circuits().stream()
                        .map(CircuitsAsGraphsTest::unlocated)
                        .toList());
        assertThat(decision.impairments()).singleElement().matches(Impairment::cuts);
        assertThat(quarantined.circuit())
                .isEqualTo(unlocated(JSON.treeToValue(golden("Resting"), QuarantinedCircuit.class)
                        .circuit()));
    }

    @Test
    void keepsTheOtherFieldsOfADecision() throws IOException {
        // Given
        ObjectNode then = old("PathDecision");
        ((ObjectNode) then.at("/impairments/0"))
                .putObject("obstacle")
                .put("field", "$.path")
                .put("reason", "PathNotFound")
                .put("message", "No path from node-a to node-e can be had: every way crosses a link that is down.");
        then.put("requestedBy", "anne");

        // When
        ObjectNode now = CircuitsAsGraphs.ofDecision(then.deepCopy());

        // Then
        assertThat(now.<ObjectNode>without(CIRCUITS)).isEqualTo(then.<ObjectNode>without(CIRCUITS));
    }

    @Test
    void refusesInvalidOldRecords() throws IOException {
        // Given
        ObjectNode headless = old("PathDecision");
        ((ObjectNode) headless.at("/current/forward/hops/1")).remove("outLabel");
        ObjectNode broken = old("PathDecision");
        ((ObjectNode) broken.at("/current/forward/hops/1")).put("inLink", "link-xy");

        // Then
        assertThatThrownBy(() -> CircuitsAsGraphs.ofDecision(headless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The field outLabel is missing.");
        assertThatThrownBy(() -> CircuitsAsGraphs.ofDecision(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The link link-ac leads to no hop.");
        assertThatThrownBy(() -> CircuitsAsGraphs.ofQuarantined(JSON.createObjectNode()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The field circuit must be an object.");
    }

    @Test
    void aCircuitIsSmallerThanInTheOldForm() throws IOException {
        byte[] then = JSON.writeValueAsBytes(old("PathDecision").path("current"));
        Circuit circuit = JSON.treeToValue(golden("PathDecision").path("current"), Circuit.class);

        assertThat(EventJson.write(circuit).length).isLessThan(then.length * 6 / 10);
    }

    private static Circuit unlocated(Circuit circuit) {
        return circuit.withRoutes(circuit.routes().stream()
                .map(route -> route.withLanes(lane -> lane.at(lane.outPort(), null, lane.inPort(), null)))
                .toList());
    }

    private static Entry entry(Topic topic, byte[] value) {
        return new Entry(topic, 0, 0, Instant.EPOCH, "key", value, null, 1);
    }

    private static ObjectNode old(String name) throws IOException {
        return read(CircuitsAsGraphsTest.class, "/io/vlink/log/schema-1/" + name + ".json");
    }

    private static ObjectNode golden(String name) throws IOException {
        return read(PathDecision.class, "/io/vlink/events/examples/" + name + ".json");
    }

    private static ObjectNode read(Class<?> beside, String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            JsonNode read = JSON.readTree(file);
            return (ObjectNode) read;
        }
    }
}
