package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static io.vlink.gateway.lab.World.egress;
import static io.vlink.gateway.lab.World.ingress;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule sets reach real switches, and only they. */
class RulesIT {

    private static World world;
    private static GatewayProcess gateway;
    private static OpenVSwitch ovs;
    private static Records records;

    @BeforeAll
    static void start() {
        world = new World();
        gateway = world.gateway(OpenVSwitch.freePort());
        ovs = world.openVSwitch();
        records = world.records();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"b14, OpenFlow14, 1.4", "b13, OpenFlow13, 1.3"})
    void appliesAndRemovesRuleSets(String bridge, String protocol, String version) {
        // Given
        DatapathId id = ovs.bridge(bridge, 2, protocol);
        ovs.connect(bridge, gateway.port());
        Switch connected = records.await(
                Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.CONNECTED);
        assertThat(connected.openflow()).isEqualTo(version);
        assertThat(connected.description()).contains("Open vSwitch");
        // When
        RuleSet set = world.rules(
                id,
                "net-" + bridge,
                List.of(new Meter(7, 20_000, 400)),
                List.of(ingress(5, 1, 7, 100, 2), egress(5, 2, 101, 1)));
        records.put(set);
        // Then
        awaitApplied(records, set);
        // When
        RuleSet empty = world.rules(id, "net-" + bridge, List.of(), List.of());
        records.put(empty);
        // Then
        awaitApplied(records, empty);
        assertThat(ovs.flows(bridge)).isEmpty();
        assertThat(ovs.meters(bridge)).isBlank();
    }
}
