package io.vlink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All tables of a switch can be read over HTTP, including entries of others and unknown ones. */
@ExtendWith(SharedWorld.class)
class TablesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayProcess gateway = SharedWorld.parts().gateway();
    private final OpenVSwitch ovs = SharedWorld.parts().ovs();
    private final Records records = SharedWorld.parts().records();

    @ParameterizedTest
    @CsvSource({"tables14, OpenFlow14, 1.4", "tables13, OpenFlow13, 1.3"})
    void returnsAllTablesOfASwitch(String bridge, String protocols, String version) throws IOException {
        // Given: rules in several tables, in more than one part; Loxi cannot read some of them
        DatapathId id = connect(bridge, protocols);
        ovs.ofctl("add-meter", bridge, "meter=9,kbps,band=type=drop,rate=1000");
        ovs.ofctl("add-group", bridge, "group_id=5,type=all,bucket=output:2");
        ovs.ofctl("add-flow", bridge, "priority=7,in_port=1,actions=meter:9,group:5");
        ovs.ofctl("add-flow", bridge, "table=3,priority=8,tcp,ct_state=+trk+new,actions=ct(commit),output:2");
        ovs.ofctl("add-flow", bridge, "table=4,priority=9,reg0=5,actions=learn(table=5,in_port=1),resubmit(,5)");
        ovs.ofctl("add-flow", bridge, "priority=0,packet_type=(0,0),actions=drop");
        Path file = Files.createTempFile("flows", ".txt");
        Files.write(
                file,
                IntStream.rangeClosed(1, 900)
                        .mapToObj("priority=200,in_port=2,dl_vlan=%d,actions=pop_vlan,output:1"::formatted)
                        .toList());
        ovs.ofctl("add-flows", bridge, file.toString());
        Files.delete(file);
        // When: once the gateway has seen the rules of others
        await().untilAsserted(() -> assertThat(ovs.leads(bridge)).isEmpty());
        JsonNode tables = read(id);
        // Then
        assertThat(tables.path("openflow").asText()).isEqualTo(version);
        assertThat(entries(tables, "rules")).hasSize(904 + 1); // with the mark of the suite
        assertThat(entries(tables, "meters")).hasSize(1);
        assertThat(entries(tables, "groups")).hasSize(1);
        assertThat(bytes(tables, "ports").remaining()).isPositive();
        assertThat(tables.has("errors")).isFalse();
        assertThat(list()).contains(id.toString());
    }

    @Test
    void reportsWhyASwitchCannotBeRead() {
        // Then
        assertThat(gateway.get("/v1/tables/00000000000000ff"))
                .contains("The switch 00000000000000ff is not connected here.");
        assertThat(gateway.get("/v1/tables/nonsense")).contains("nonsense");
    }

    private DatapathId connect(String bridge, String protocols) {
        DatapathId id = ovs.bridge(bridge, 2, protocols);
        ovs.connect(bridge, gateway.port());
        records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.CONNECTED);
        await("the mark of the suite").until(() -> !ovs.markers(bridge).isEmpty());
        return id;
    }

    private JsonNode read(DatapathId id) throws JsonProcessingException {
        return JSON.readTree(gateway.get("/v1/tables/" + id));
    }

    private List<String> list() throws JsonProcessingException {
        List<String> ids = new ArrayList<>();
        JSON.readTree(gateway.get("/v1/tables")).path("switches").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    /** Returns the entries of a kind: each begins with its length. */
    private static List<Integer> entries(JsonNode tables, String kind) {
        List<Integer> lengths = new ArrayList<>();
        ByteBuffer bytes = bytes(tables, kind);
        while (bytes.hasRemaining()) {
            int length = Short.toUnsignedInt(bytes.getShort(bytes.position()));
            assertThat(length).as("length of an entry").isPositive();
            bytes.position(bytes.position() + length);
            lengths.add(length);
        }
        return lengths;
    }

    private static ByteBuffer bytes(JsonNode tables, String kind) {
        try {
            return ByteBuffer.wrap(tables.path(kind).binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
