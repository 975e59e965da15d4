package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static io.vlink.gateway.lab.World.awaitError;
import static io.vlink.gateway.lab.World.egress;
import static io.vlink.gateway.lab.World.ingress;
import static io.vlink.gateway.lab.World.port;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.Topic;
import io.vlink.events.counters.RuleCounter;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Table;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import io.vlink.gateway.lab.World;
import io.vlink.log.Partitions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule sets in real switches: they are written, and nothing else. */
@ExtendWith(SharedWorld.class)
class RulesIT {

    private static final String ACTION_ERRORS = "vlink_gateway_openflow_errors_total{type=\"bad_action\"}";

    private final World world = SharedWorld.parts().world();
    private final GatewayProcess gateway = SharedWorld.parts().gateway();
    private final OpenVSwitch ovs = SharedWorld.parts().ovs();
    private final Records records = SharedWorld.parts().records();

    private Switch connect(String bridge, DatapathId id) {
        ovs.connect(bridge, gateway.port());
        return records.await(
                Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.CONNECTED);
    }

    @ParameterizedTest
    @CsvSource({
        "rules14, OpenFlow14, 1.4",
        "rules13, OpenFlow13, 1.3",
        "rules15, 'OpenFlow10,OpenFlow13,OpenFlow15', 1.3"
    })
    void appliesAndRemovesARuleSet(String bridge, String protocols, String version) {
        // Given
        DatapathId id = ovs.bridge(bridge, 2, protocols);
        Switch connected = connect(bridge, id);
        assertThat(connected.openflow()).isEqualTo(version);
        assertThat(connected.description()).contains("Open vSwitch");
        // When
        RuleSet set = world.rules(
                id,
                bridge,
                List.of(new Meter(7, 20_000, 400)),
                List.of(ingress(5, 1, 7, 100, 2), egress(5, 2, 101, 1)));
        records.put(set);
        // Then
        awaitApplied(records, set);
        assertThat(ovs.flows(bridge))
                .containsExactlyInAnyOrder(
                        "cookie=0x564c100000005000, table=2, priority=100,in_port=1 actions=meter:7,push_vlan:0x8100,set_field:4196->vlan_vid,output:2",
                        "cookie=0x564c100000005001, table=2, priority=200,in_port=2,dl_vlan=101 actions=pop_vlan,output:1");
        assertThat(ovs.meters(bridge)).contains("meter=7 kbps burst", "type=drop rate=20000 burst_size=400");
        records.await(Topic.COUNTERS, set.key(), RuleCounters.class, counters -> true);
        // When
        RuleSet empty = world.rules(id, bridge, List.of(), List.of());
        records.put(empty);
        // Then
        awaitApplied(records, empty);
        assertThat(ovs.flows(bridge)).isEmpty();
        assertThat(ovs.meters(bridge)).isBlank();
        // When
        records.tombstone(Topic.RULES, id, empty.key());
        // Then
        records.awaitDeleted(Topic.RULE_STATES, empty.owner() + "/" + id);
        records.awaitDeleted(Topic.COUNTERS, empty.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"OpenFlow14", "OpenFlow13"})
    void readsBackRulesExactlyAsWritten(String protocol) {
        // Given
        String bridge = "same" + protocol.substring(8);
        DatapathId id = ovs.bridge(bridge, 3, protocol);
        connect(bridge, id);
        Label vni = new Label(Label.LabelKind.VNI, 70_000);
        Label vlan = new Label(Label.LabelKind.VLAN, 4094);
        Cookie cookie = Cookie.of(Cookie.CookieKind.FORWARDING, 4_000_000_000L, Direction.REVERSE);
        RuleSet set = world.rules(
                id,
                bridge,
                List.of(new Meter(65_535, 4_000_000_000L, 4_000_000_000L), new Meter(1, 1, 1)),
                List.of(
                        rule(cookie, 1, null, new Action.ApplyMeter(65_535), new Action.PushLabel(vni), out(2)),
                        rule(cookie, 2, vni, new Action.SwapLabel(new Label(Label.LabelKind.VNI, 16_777_215)), out(3)),
                        rule(cookie, 3, vni, new Action.PushLabel(vlan), out(1)),
                        rule(cookie, 2, vlan, new Action.PopLabel(), new Action.PushLabel(vni), out(3)),
                        rule(cookie, 3, vlan, new Action.SwapLabel(new Label(Label.LabelKind.VLAN, 1)), out(3)),
                        rule(cookie, 1, vlan, new Action.PopLabel(), out(2))));
        records.put(set);
        awaitApplied(records, set);
        // When
        records.await(
                Topic.COUNTERS,
                set.key(),
                RuleCounters.class,
                counters -> counters.rules().size() == 6);
        double sent = gateway.metric("vlink_gateway_flow_mods_total");
        RuleSet again = new RuleSet(id, set.owner(), set.revision().withStage(3), set.meters(), List.of(), set.rules());
        records.put(again);
        // Then
        awaitApplied(records, again);
        assertThat(gateway.metric("vlink_gateway_flow_mods_total")).isEqualTo(sent);
        assertThat(gateway.output()).doesNotContain("is repaired: networks [" + set.owner());
    }

    private static Rule rule(Cookie cookie, long in, @Nullable Label label, Action... actions) {
        return new Rule(
                cookie,
                label == null ? 100 : 200,
                new Match.AtPort(port(in), label),
                List.of(actions),
                Table.FORWARDING);
    }

    private static Action out(long number) {
        return new Action.Output(port(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OpenFlow14", "OpenFlow13"})
    void reportsTheErrorOfTheSwitchAndHarmsNoOtherNetwork(String protocol) {
        // Given: three networks that go in one batch, because the switch connects afterwards
        String bridge = "bad" + protocol.substring(8);
        double errorsBefore = gateway.metric(ACTION_ERRORS);
        DatapathId id = ovs.bridge(bridge, 3, protocol);
        RuleSet good =
                world.rules(id, bridge + "-good", List.of(new Meter(1, 1000, 20)), List.of(ingress(1, 1, 1, 5, 3)));
        // Its frames need not have the tag that it changes.
        Rule untagged = rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, 2, Direction.FORWARD),
                2,
                null,
                new Action.SwapLabel(new Label(Label.LabelKind.VLAN, 6)),
                out(3));
        RuleSet bad = world.rules(id, bridge + "-bad", List.of(), List.of(untagged));
        RuleSet fine = world.rules(id, bridge + "-fine", List.of(), List.of(egress(3, 3, 7, 2)));
        records.put(good);
        records.put(bad);
        records.put(fine);
        // When
        connect(bridge, id);
        // Then
        awaitApplied(records, good);
        awaitApplied(records, fine);
        RuleState state = awaitError(records, bad);
        assertThat(state.reason()).isEqualTo("BadAction");
        assertThat(state.message()).contains("BAD_ACTION", "MATCH_INCONSISTENT", "priority=100,in_port=2");
        assertThat(ovs.flows(bridge)).hasSize(2);
        assertThat(gateway.metric(ACTION_ERRORS)).isGreaterThan(errorsBefore);
        assertThat(counted("rules", id, "wanted")).isEqualTo(3);
        assertThat(counted("rules", id, "installed")).isEqualTo(2);
        // When
        RuleSet mended =
                world.rules(id, bridge + "-bad", List.of(new Meter(99, 1000, 20)), List.of(ingress(2, 2, 99, 6, 3)));
        records.put(mended);
        // Then
        awaitApplied(records, mended);
        assertThat(ovs.flows(bridge)).hasSize(3);
        assertThat(counted("rules", id, "installed")).isEqualTo(3);
        assertThat(counted("meters", id, "installed")).isEqualTo(2);
    }

    /** Returns a metric of a switch. */
    private double counted(String what, DatapathId id, String state) {
        return gateway.metric("vlink_gateway_switch_%s{datapathId=\"%s\",state=\"%s\"}".formatted(what, id, state));
    }

    @Test
    void restoresLostRulesAndLeavesForeignRulesAlone() {
        // Given
        DatapathId id = ovs.bridge("mend", 2, "OpenFlow14");
        // Open vSwitch empties its tables when it gets its first controller.
        connect("mend", id);
        ovs.ofctl("add-meter", "mend", "meter=500,kbps,band=type=drop,rate=1000");
        ovs.ofctl("add-flow", "mend", "priority=5,in_port=2,actions=meter:500,output:1");
        ovs.ofctl("add-flow", "mend", "table=3,priority=7,ip,nw_dst=10.0.0.1,actions=ct(commit,table=4)");
        RuleSet set = world.rules(id, "mend", List.of(new Meter(7, 20_000, 400)), List.of(ingress(5, 1, 7, 100, 2)));
        records.put(set);
        awaitApplied(records, set);
        List<String> before = ovs.flows("mend");
        assertThat(before).hasSize(3);
        // When
        ovs.ofctl("del-flows", "mend", "in_port=1");
        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ovs.flows("mend")).containsExactlyInAnyOrderElementsOf(before));
        // When: the meter is removed, and its rules with it
        ovs.ofctl("del-meter", "mend", "meter=7");
        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(ovs.flows("mend")).containsExactlyInAnyOrderElementsOf(before);
            assertThat(ovs.meters("mend")).contains("meter=7", "meter=500");
        });
        // When: someone forges a rule with Vlink's mark
        ovs.ofctl("add-flow", "mend", "cookie=0x564c1000000ff000,table=0,priority=9,ip,actions=output:2");
        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ovs.flows("mend")).containsExactlyInAnyOrderElementsOf(before));
    }

    @Test
    void fillsASwitchThatComesBackEmpty() {
        // Given
        OpenVSwitch other = world.openVSwitch();
        DatapathId id = other.bridge("empty", 2, "OpenFlow14");
        other.connect("empty", gateway.port());
        RuleSet set = world.sample(id, "empty", 9);
        records.put(set);
        awaitApplied(records, set);
        List<String> before = other.flows("empty");
        // When
        other.restart();
        // Then
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsMatching(e -> e instanceof IllegalStateException)
                .untilAsserted(
                        () -> assertThat(other.flows("empty")).isNotEmpty().isEqualTo(before));
    }

    @Test
    void countsFramesThatARulePasses() {
        // Given
        DatapathId id = ovs.bridge("count", 2, "OpenFlow14");
        connect("count", id);
        RuleSet set = world.rules(id, "count", List.of(), List.of(egress(5, 2, 100, 1)));
        records.put(set);
        awaitApplied(records, set);
        // When: a frame with tag 100
        ovs.appctl(
                "netdev-dummy/receive",
                "count-p2",
                "in_port(2),eth(src=02:00:00:00:00:01,dst=02:00:00:00:00:02),eth_type(0x8100),vlan(vid=100,pcp=0),encap(eth_type(0x0806),arp())");
        // Then
        RuleCounters counters =
                records.await(Topic.COUNTERS, set.key(), RuleCounters.class, read -> read.rules().stream()
                        .anyMatch(rule -> rule.packets() == 1));
        assertThat(counters.rules().getFirst().match())
                .isEqualTo(set.rules().getFirst().match());
    }

    /** Open vSwitch 3.1 counts from zero after each change of a meter. */
    @Test
    void keepsCountingDropsOfAMeterWhenItsRateChanges() {
        // Given: 1 kbit/s, with a burst of three such frames
        DatapathId id = ovs.bridge("drops", 2, "OpenFlow14");
        connect("drops", id);
        RuleSet slow = world.rules(id, "drops", List.of(new Meter(5, 1, 24)), List.of(ingress(5, 1, 5, 100, 2)));
        records.put(slow);
        awaitApplied(records, slow);
        // When
        offer("drops-p1", 20);
        // Then
        RuleCounter first = awaitCounted(slow, rule -> rule.packets() == 20 && dropped(rule) > 0);
        assertThat(dropped(first)).isBetween(10L, 18L);
        assertThat(first.droppedBytes()).isEqualTo(dropped(first) * 1_000);
        // When
        RuleSet faster = new RuleSet(
                id, slow.owner(), slow.revision().withStage(9), List.of(new Meter(5, 2, 24)), List.of(), slow.rules());
        records.put(faster);
        awaitApplied(records, faster);
        offer("drops-p1", 20);
        // Then
        RuleCounter second = awaitCounted(slow, rule -> rule.packets() == 40 && dropped(rule) > dropped(first));
        assertThat(dropped(second)).isBetween(dropped(first) + 10, dropped(first) + 18);
        assertThat(gateway.metric("vlink_gateway_switch_dropped_packets_total{datapathId=\"" + id + "\"}"))
                .isEqualTo((double) dropped(second));
    }

    private void offer(String port, int frames) {
        for (int i = 0; i < frames; i++) {
            ovs.appctl(
                    "netdev-dummy/receive",
                    port,
                    "in_port(1),eth(src=02:00:00:00:00:01,dst=02:00:00:00:00:02),eth_type(0x0806),arp()",
                    "--len",
                    "1000");
        }
    }

    private RuleCounter awaitCounted(RuleSet set, Predicate<RuleCounter> which) {
        return records.await(Topic.COUNTERS, set.key(), RuleCounters.class, read -> read.rules().stream()
                        .anyMatch(which))
                .rules()
                .getFirst();
    }

    private static long dropped(RuleCounter rule) {
        return rule.droppedPackets() == null ? -1 : rule.droppedPackets();
    }

    @Test
    void skipsUnreadableRecords() {
        // Given
        DatapathId id = ovs.bridge("holes", 2, "OpenFlow14");
        connect("holes", id);
        RuleSet set = world.sample(id, "holes", 11);
        int partition = Partitions.of(id, 8);
        // When
        records.putRaw(Topic.RULES, partition, "not a valid key", "{}".getBytes(StandardCharsets.UTF_8));
        records.putRaw(Topic.RULES, partition, set.key(), "{".getBytes(StandardCharsets.UTF_8));
        records.putRaw(
                Topic.RULES,
                partition,
                set.key(),
                "{\"datapathId\":\"%s\",\"network\":\"%s\",\"revision\":{\"generation\":1,\"step\":1,\"stage\":1},\"meters\":[],\"rules\":[{\"priority\":1,\"actions\":[]}]}"
                        .formatted(id, set.owner())
                        .getBytes(StandardCharsets.UTF_8));
        records.put(set);
        // Then
        awaitApplied(records, set);
        await().untilAsserted(() -> assertThat(records.history(Topic.DEAD_LETTERS))
                .anySatisfy(letter -> assertThat(letter).contains("must be a datapath id and an owner"))
                .anySatisfy(letter -> assertThat(letter).contains("rules[0].cookie is missing")));
    }
}
