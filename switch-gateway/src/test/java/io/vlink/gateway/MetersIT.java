package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static io.vlink.gateway.lab.World.ingress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import io.vlink.gateway.lab.World;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The meter of a link in real switches: shared by all rules that pass it, added before them and removed after them. */
@ExtendWith(SharedWorld.class)
class MetersIT {

    /** The meter of port 3. */
    private static final int METER = 65_539;

    private static final Pattern SENT = Pattern.compile("tx pkts=([0-9]+)");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final World world = SharedWorld.parts().world();
    private final GatewayProcess gateway = SharedWorld.parts().gateway();
    private final OpenVSwitch ovs = SharedWorld.parts().ovs();
    private final Records records = SharedWorld.parts().records();

    /** 1 kbit/s, with a burst of ten frames of 1,000 bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"OpenFlow14", "OpenFlow13"})
    void limitsTheSumOfAllTrafficThatPassesIt(String protocol) {
        // Given: both networks are recorded before the meter that their rules pass
        String bridge = "sum" + protocol.substring(8);
        DatapathId id = connect(bridge, protocol);
        RuleSet one = ofNetwork(id, bridge, 1);
        RuleSet two = ofNetwork(id, bridge, 2);
        records.put(one);
        records.put(two);
        RuleSet links = world.links(id, 3, new Meter(METER, 1, 80));
        // When
        records.put(links);
        // Then
        awaitApplied(records, links);
        awaitApplied(records, one);
        awaitApplied(records, two);
        assertThat(ovs.flows(bridge)).hasSize(2).allMatch(flow -> flow.contains("actions=meter:" + METER + ","));
        // When: each sends ten frames, in turns
        for (int i = 0; i < 10; i++) {
            offer(bridge, 1);
            offer(bridge, 2);
        }
        // Then: together they get as much as one alone would
        RuleCounters counters =
                records.await(Topic.COUNTERS, two.key(), RuleCounters.class, read -> read.rules().stream()
                        .anyMatch(rule -> rule.packets() == 10));
        assertThat(sent(bridge)).isBetween(10, 12);
        assertThat(counters.rules().getFirst().droppedPackets())
                .as("drops of a shared meter belong to no network")
                .isNull();
        assertThat(gateway.metric("vlink_gateway_switch_dropped_packets_total{datapathId=\"" + id + "\"}"))
                .isBetween(8.0, 10.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OpenFlow14", "OpenFlow13"})
    void outlivesTheLastRuleThatPassesIt(String protocol) {
        // Given
        String bridge = "last" + protocol.substring(8);
        DatapathId id = connect(bridge, protocol);
        RuleSet one = ofNetwork(id, bridge, 1);
        RuleSet two = ofNetwork(id, bridge, 2);
        records.put(world.links(id, 3, new Meter(METER, 1_000, 122)));
        records.put(one);
        records.put(two);
        awaitApplied(records, one);
        awaitApplied(records, two);
        // When: records come in the wrong order
        RuleSet none = world.links(id, 3);
        records.put(none);
        RuleSet first = world.rules(id, bridge + "-1", List.of(), List.of());
        records.put(first);
        awaitApplied(records, first);
        // Then
        assertThat(ovs.flows(bridge)).hasSize(1);
        assertThat(ovs.meters(bridge)).contains("meter=" + METER);
        // When
        RuleSet last = world.rules(id, bridge + "-2", List.of(), List.of());
        records.put(last);
        // Then
        awaitApplied(records, last);
        awaitApplied(records, none);
        assertThat(ovs.flows(bridge)).isEmpty();
        assertThat(ovs.meters(bridge)).isBlank();
        // When
        records.tombstone(Topic.RULES, id, none.key());
        // Then
        records.awaitDeleted(Topic.RULE_STATES, none.owner() + "/" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OpenFlow14", "OpenFlow13"})
    void isRestoredWithAllItsRulesWhenSomeoneRemovesIt(String protocol) {
        // Given
        String bridge = "hand" + protocol.substring(8);
        DatapathId id = connect(bridge, protocol);
        RuleSet one = ofNetwork(id, bridge, 1);
        RuleSet two = ofNetwork(id, bridge, 2);
        RuleSet links = world.links(id, 3, new Meter(METER, 1_000, 122));
        records.put(links);
        records.put(one);
        records.put(two);
        awaitApplied(records, one);
        awaitApplied(records, two);
        List<String> before = ovs.flows(bridge);
        // When: Open vSwitch removes the rules with the meter
        ovs.ofctl("del-meter", bridge, "meter=" + METER);
        // Then
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(ovs.meters(bridge)).contains("meter=" + METER + " kbps burst", "rate=1000 burst_size=122");
            assertThat(ovs.flows(bridge)).containsExactlyInAnyOrderElementsOf(before);
        });
    }

    private DatapathId connect(String bridge, String protocol) {
        DatapathId id = ovs.bridge(bridge, 3, protocol);
        ovs.connect(bridge, gateway.port());
        records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.CONNECTED);
        return id;
    }

    /** Returns the rule set of a best-effort network that enters by a port and leaves by port 3. */
    private RuleSet ofNetwork(DatapathId id, String bridge, int port) {
        return world.rules(id, bridge + "-" + port, List.of(), List.of(ingress(port, port, METER, 100 + port, 3)));
    }

    private void offer(String bridge, int port) {
        ovs.appctl(
                "netdev-dummy/receive",
                bridge + "-p" + port,
                "in_port(%d),eth(src=02:00:00:00:00:01,dst=02:00:00:00:00:02),eth_type(0x0806),arp()".formatted(port),
                "--len",
                "1000");
    }

    /** Returns the number of frames that left by port 3. */
    private int sent(String bridge) {
        Matcher sent = SENT.matcher(ovs.ofctl("dump-ports", bridge, "3"));
        assertThat(sent.find()).isTrue();
        return Integer.parseInt(sent.group(1));
    }
}
