package io.vlink.log.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.Topic;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Forms;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records written for builds without graphs equal those that such builds wrote themselves. */
class CircuitsAsListsTest {

    private static final ObjectMapper JSON = EventJson.mapper();

    @Test
    void convertsADecisionToTheOldForm() throws IOException {
        assertThat(again(CircuitsAsLists.ofDecision(golden("PathDecision")))).isEqualTo(old("PathDecision"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PathDecision", "668eddb/PathDecision"})
    void anOldDecisionSurvivesBothConversions(String name) throws IOException {
        assertThat(again(CircuitsAsLists.ofDecision(CircuitsAsGraphs.ofDecision(old(name)))))
                .isEqualTo(old(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Resting", "RestingFormer", "668eddb/Resting"})
    void anOldQuarantineRecordSurvivesBothConversions(String name) throws IOException {
        assertThat(again(CircuitsAsLists.ofQuarantined(CircuitsAsGraphs.ofQuarantined(old(name)))))
                .isEqualTo(old(name));
    }

    @Test
    void readsBackWhatItWritesInTheOldForm() throws Exception {
        // Given
        PathDecision decision = JSON.treeToValue(golden("PathDecision"), PathDecision.class);
        QuarantinedCircuit quarantined = EventJson.read(
                entry(Topic.RESTING, JSON.writeValueAsBytes(old("RestingFormer"))), QuarantinedCircuit.class);
        Forms then = Forms.of(0);

        // Then
        assertThat(EventJson.read(entry(Topic.PATHS, then.write(Topic.PATHS, decision)), PathDecision.class))
                .isEqualTo(decision);
        assertThat(EventJson.read(
                        entry(Topic.RESTING, then.write(Topic.RESTING, quarantined)), QuarantinedCircuit.class))
                .isEqualTo(quarantined);
        assertThat(then.headers(Topic.PATHS)).isEmpty();
    }

    @Test
    void keepsLocatorsWithEqualsSignsAndUnknownPorts() throws IOException {
        ObjectNode graph = golden("PathDecision");
        ((ObjectNode) graph.at("/current/routes/0/hops/0")).put("lane", "link-ac/vlan:1/a=b=/=4294967040");

        ObjectNode list = again(CircuitsAsLists.ofDecision(graph));

        assertThat(list.at("/current/forward/hops/0/outLocator").asText()).isEqualTo("a=b");
        assertThat(list.at("/current/forward/hops/0").has("outPort")).isFalse();
        assertThat(list.at("/current/forward/hops/1").has("inLocator")).isFalse();
        assertThat(list.at("/current/forward/hops/1/inPort").asLong()).isEqualTo(4294967040L);
    }

    @Test
    void refusesWhatAListCannotExpress() throws IOException {
        // Given
        ObjectNode crossedAgain = golden("PathDecision");
        hop(crossedAgain).put("id", 1);
        ObjectNode enteredTwice = golden("PathDecision");
        hop(enteredTwice).putArray("lanes").add("link-xy/vlan:1/=/=1").add("link-yz/vlan:1/=/=1");
        ObjectNode protectedHop = golden("PathDecision");
        ObjectNode sending = hop(protectedHop);
        JsonNode lane = sending.remove("lane");
        ArrayNode faces = sending.putArray("branches").addObject().putArray("faces");
        faces.addObject().set("lane", lane);
        faces.addObject().put("lane", "link-xy/vlan:1/=/=1").put("role", "detour");
        ObjectNode threeEndpoints = golden("PathDecision");
        ArrayNode endpoints = (ArrayNode) threeEndpoints.at("/current/ends");
        endpoints.add(endpoints.get(0).deepCopy());

        // Then
        for (ObjectNode more : new ObjectNode[] {crossedAgain, enteredTwice, protectedHop}) {
            assertThatThrownBy(() -> CircuitsAsLists.ofDecision(more))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The hop at node-c cannot be written in a list of hops: it is not crossed straight.");
        }
        assertThatThrownBy(() -> CircuitsAsLists.ofDecision(threeEndpoints))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A circuit in the form of hop lists must have two ends, not 3, and two routes, not 2.");
    }

    private static ObjectNode hop(ObjectNode decision) {
        return (ObjectNode) decision.at("/current/routes/0/hops/1");
    }

    private static Entry entry(Topic topic, byte[] value) {
        return new Entry(topic, 0, 0, Instant.EPOCH, "key", value, null, 1);
    }

    /** Returns the record as read back: numbers then have no width. */
    private static ObjectNode again(ObjectNode record) throws IOException {
        return (ObjectNode) JSON.readTree(JSON.writeValueAsBytes(record));
    }

    private static ObjectNode old(String name) throws IOException {
        return read(CircuitsAsListsTest.class, "/io/vlink/log/schema-1/" + name + ".json");
    }

    private static ObjectNode golden(String name) throws IOException {
        return read(PathDecision.class, "/io/vlink/events/examples/" + name + ".json");
    }

    private static ObjectNode read(Class<?> beside, String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return (ObjectNode) JSON.readTree(file);
        }
    }
}
