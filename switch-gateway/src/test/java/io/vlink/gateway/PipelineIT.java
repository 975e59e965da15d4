package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static io.vlink.gateway.lab.World.port;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.Topic;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.FreePort;
import io.vlink.gateway.lab.DummyPorts;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import io.vlink.gateway.lab.World;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames reach rules behind the first table of real switches, without loss. */
@ExtendWith(SharedWorld.class)
class PipelineIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** A hundred thousand frames for each of three bridges are work, not a wait. */
    private static final Duration LATER = Duration.ofMinutes(5);

    private static final Pattern RECEIVED = Pattern.compile("rx pkts=(\\d+)");
    private static final Pattern SENT = Pattern.compile("tx pkts=(\\d+)");
    private static final int VLAN = 7;
    private static final String UNTAGGED = "88b5";
    private static final String TAGGED = "8100%04x88b5".formatted(VLAN);
    /** Frames given to a port at once: it takes one in each cycle of the switch, and frames beyond its queue are never received. */
    private static final int AT_ONCE = 8;

    private static final int ADDRESSES = 100_000;
    private static final int SOME = 2_000;

    private final World world = SharedWorld.parts().world();
    private final GatewayProcess gateway = SharedWorld.parts().gateway();
    private final OpenVSwitch ovs = SharedWorld.parts().ovs();
    private final Records records = SharedWorld.parts().records();
    private final Random random = new Random(29);

    /** Returns a rule set from port 1, with a label, to port 2, and back. */
    private RuleSet rules(DatapathId id, String network, Table table) {
        Label label = new Label(Label.LabelKind.VLAN, VLAN);
        return world.rules(
                id,
                network,
                List.of(),
                List.of(
                        new Rule(
                                Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.FORWARD),
                                100,
                                new Match.AtPort(port(1), null),
                                List.of(new Action.PushLabel(label), new Action.Output(port(2))),
                                table),
                        new Rule(
                                Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.REVERSE),
                                200,
                                new Match.AtPort(port(2), label),
                                List.of(new Action.PopLabel(), new Action.Output(port(1))),
                                table)));
    }

    private DatapathId connect(OpenVSwitch ovs, String bridge, String protocols) {
        DatapathId id = ovs.bridge(bridge, 3, protocols);
        ovs.connect(bridge, gateway.port());
        records.await(Topic.SWITCHES, id.toString(), Switch.class, seen -> seen.state() == Switch.State.CONNECTED);
        return id;
    }

    /** Returns frames of 60 bytes with new addresses. */
    private List<String> frames(String type) {
        byte[] addresses = new byte[12];
        return IntStream.range(0, AT_ONCE)
                .mapToObj(i -> {
                    random.nextBytes(addresses);
                    addresses[0] = 2; // neither a multicast nor a reserved address
                    addresses[6] = 2;
                    String header = HexFormat.of().formatHex(addresses) + type;
                    return header + "0".repeat(120 - header.length());
                })
                .toList();
    }

    private static long counted(OpenVSwitch ovs, Pattern what, String bridge, int port) {
        Matcher matcher = what.matcher(ovs.ofctl("dump-ports", bridge, Integer.toString(port)));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private long sent(String bridge, int port) {
        return counted(ovs, SENT, bridge, port);
    }

    @ParameterizedTest
    @CsvSource({"moved14, OpenFlow14", "moved13, OpenFlow13"})
    void losesNoFrameWhileRulesMoveToAnotherTable(String bridge, String protocols) {
        // Given
        DatapathId id = connect(ovs, bridge, protocols);
        RuleSet first = rules(id, bridge, Table.CLASSIFY);
        records.put(first);
        awaitApplied(records, first);
        AtomicBoolean stop = new AtomicBoolean();
        try (DummyPorts ports = ovs.ports()) {
            CompletableFuture<Void> offering = CompletableFuture.runAsync(() -> {
                while (!stop.get()) {
                    ports.receive(bridge + "-p1", frames(UNTAGGED));
                    ports.receive(bridge + "-p2", frames(TAGGED));
                }
            });
            await().atMost(SOON).until(() -> sent(bridge, 2) > SOME / 10);
            // When: the rules move there, back, and there again
            for (Table table : List.of(Table.FORWARDING, Table.CLASSIFY, Table.FORWARDING)) {
                RuleSet next = rules(id, bridge, table);
                records.put(next);
                awaitApplied(records, next);
                long before = sent(bridge, 1);
                await().atMost(SOON).until(() -> sent(bridge, 1) > before + SOME / 10);
            }
            stop.set(true);
            offering.join();
        }
        // Then
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(sent(bridge, 2)).isEqualTo(counted(ovs, RECEIVED, bridge, 1));
            assertThat(sent(bridge, 1)).isEqualTo(counted(ovs, RECEIVED, bridge, 2));
        });
        assertThat(ovs.flows(bridge)).hasSize(2).allMatch(flow -> flow.contains("table=2"));
        assertThat(ovs.leads(bridge)).hasSize(2);
    }

    @Test
    void addsNoDatapathFlowsForAHundredThousandAddresses() {
        // Given: a switch with few bridges, since each of its cycles visits all of them
        try (OpenVSwitch mine = OpenVSwitch.start()) {
            applied(mine, "onetable", Table.CLASSIFY);
            applied(mine, "tables", Table.FORWARDING);
            applied(mine, "together", Table.FORWARDING);
            mine.ofctl("add-flow", "together", "cookie=0x77,priority=0,actions=NORMAL");
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(mine.leads("together")).hasSize(2).allMatch(flow -> flow.contains("in_port=")));
            applied(mine, "narrow", Table.FORWARDING);
            mine.ofctl("add-flow", "narrow", "cookie=0x77,table=2,priority=300,dl_dst=02:00:00:00:00:01,actions=drop");
            // When
            offer(mine, List.of("onetable", "tables", "together"), ADDRESSES);
            offer(mine, List.of("narrow"), SOME);
            // Then
            int before = datapathFlows(mine, "onetable");
            assertThat(before).isBetween(2, 10);
            assertThat(datapathFlows(mine, "tables")).isEqualTo(before);
            assertThat(datapathFlows(mine, "together")).isEqualTo(before);
            assertThat(datapathFlows(mine, "narrow"))
                    .as("for comparison: a rule that matches an address in the forwarding table")
                    .isGreaterThan(SOME / 4);
        }
    }

    private void applied(OpenVSwitch in, String bridge, Table table) {
        RuleSet set = rules(connect(in, bridge, "OpenFlow14"), bridge, table);
        records.put(set);
        awaitApplied(records, set);
    }

    /** Sends frames with new addresses until each bridge has passed that many. */
    private void offer(OpenVSwitch to, List<String> bridges, int addresses) {
        try (DummyPorts ports = to.ports()) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(LATER)
                    .until(() -> {
                        for (int i = 0; i < SOME; i++) {
                            for (String bridge : bridges) {
                                boolean there = i % 2 == 0;
                                ports.receive(bridge + (there ? "-p1" : "-p2"), frames(there ? UNTAGGED : TAGGED));
                            }
                        }
                        return bridges.stream()
                                .allMatch(bridge ->
                                        counted(to, SENT, bridge, 1) + counted(to, SENT, bridge, 2) >= addresses);
                    });
        }
    }

    private static int datapathFlows(OpenVSwitch of, String bridge) {
        return (int) of.appctl("dpif/dump-flows", bridge)
                .lines()
                .filter(line -> line.contains("actions:"))
                .count();
    }

    @Test
    void leavesTheirFramesToRulesOfOthers() {
        // Given: a bridge with another use, too. Its first controller makes it flush all flows
        DatapathId id = ovs.bridge("shared", 4, "OpenFlow14");
        ovs.connect("shared", FreePort.find());
        ovs.ofctl("add-flow", "shared", "cookie=0x77,priority=0,actions=NORMAL");
        RuleSet set = rules(id, "shared", Table.FORWARDING);
        records.put(set);
        // When
        ovs.connect("shared", gateway.port());
        awaitApplied(records, set);
        // Then
        assertThat(ovs.leads("shared"))
                .hasSize(2)
                .anyMatch(flow -> flow.contains("priority=100,in_port=1 actions=goto_table:2"))
                .anyMatch(flow -> flow.contains("priority=200,in_port=2,dl_vlan=7 actions=goto_table:2"));
        assertThat(ovs.flows("shared")).hasSize(3).anyMatch(flow -> flow.contains("NORMAL"));
        assertThat(trace("in_port=3,dl_src=02:00:00:00:00:03,dl_dst=ff:ff:ff:ff:ff:ff"))
                .contains("NORMAL");
        assertThat(trace("in_port=2,dl_src=02:00:00:00:00:03,dl_dst=ff:ff:ff:ff:ff:ff"))
                .contains("NORMAL");
        assertThat(trace("in_port=1,dl_src=02:00:00:00:00:03,dl_dst=ff:ff:ff:ff:ff:ff"))
                .contains("output:2")
                .doesNotContain("NORMAL");
        // When
        RuleSet none = world.rules(id, "shared", List.of(), List.of());
        records.put(none);
        awaitApplied(records, none);
        // Then
        assertThat(ovs.leads("shared")).isEmpty();
        assertThat(ovs.flows("shared")).singleElement().asString().contains("NORMAL");
    }

    private String trace(String frame) {
        return ovs.appctl("ofproto/trace", "shared", frame);
    }

    @Test
    void restoresRulesThatLeadToOtherTables() {
        // Given
        DatapathId id = connect(ovs, "leads", "OpenFlow14");
        RuleSet set = rules(id, "leads", Table.FORWARDING);
        records.put(set);
        awaitApplied(records, set);
        List<String> before = ovs.leads("leads");
        assertThat(before).hasSize(2);
        // When: one is lost, one has other actions, and a forged one takes every frame
        ovs.ofctl("del-flows", "leads", "table=0,cookie=0x564c300000000000/-1");
        ovs.ofctl("add-flow", "leads", "cookie=0x564c300000000000,table=1,priority=0,actions=drop");
        ovs.ofctl("add-flow", "leads", "cookie=0x564c300000000000,table=0,priority=900,actions=drop");
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ovs.leads("leads")).containsExactlyInAnyOrderElementsOf(before));
        assertThat(ovs.flows("leads")).hasSize(2);
    }
}
