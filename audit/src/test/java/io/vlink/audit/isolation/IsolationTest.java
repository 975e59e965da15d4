package io.vlink.audit.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.audit.Difference;
import io.vlink.audit.Difference.DifferenceType;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.audit.tables.HandMade;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hand-made tables, correct and broken in many ways. Switches a, b and c are in a row; port 1 leads back, port 2 on. Network
 * one goes from a/11 to c/12, network two from a/21 to c/22.
 */
class IsolationTest {

    private static final NetworkId ONE = NetworkId.of("default/tenant-a/one");
    private static final NetworkId TWO = NetworkId.of("default/tenant-b/two");

    private final HandMade a = HandMade.of("a", 1, 2, 11, 21, 31, 32);
    private final HandMade b = HandMade.of("b", 1, 2, 3, 31);
    private final HandMade c = HandMade.of("c", 1, 2, 12, 22, 31);
    private final List<Way> ways = new ArrayList<>();
    private final Cables cables = new Cables();

    @BeforeEach
    void twoNetworks() {
        ways.addAll(network(ONE, 1, true, 11, 12, 100, 150));
        ways.addAll(network(TWO, 2, true, 21, 22, 200, 250));
        rules(11, 12, 100, 150);
        rules(21, 22, 200, 250);
        cables.link(SwitchPort.of("a/2"), SwitchPort.of("b/1"), false);
        cables.link(SwitchPort.of("b/1"), SwitchPort.of("a/2"), false);
        cables.link(SwitchPort.of("b/2"), SwitchPort.of("c/1"), false);
        cables.link(SwitchPort.of("c/1"), SwitchPort.of("b/2"), false);
    }

    private static List<Way> network(
            NetworkId id, long circuit, boolean current, int from, int to, int there, int back) {
        return List.of(
                new Way(
                        id,
                        circuit,
                        Direction.FORWARD,
                        current,
                        List.of(
                                stage("a", from, null, 2, there),
                                stage("b", 1, there, 2, there + 1),
                                stage("c", 1, there + 1, to, null))),
                new Way(
                        id,
                        circuit,
                        Direction.REVERSE,
                        current,
                        List.of(
                                stage("c", to, null, 1, back),
                                stage("b", 2, back, 1, back + 1),
                                stage("a", 2, back + 1, from, null))));
    }

    private static Way.Stage stage(String id, int in, @Nullable Integer inLabel, int out, @Nullable Integer outLabel) {
        return new Way.Stage(
                0, DatapathId.of(id), PortNumber.of(in), vlan(inLabel), PortNumber.of(out), vlan(outLabel));
    }

    private static @Nullable Label vlan(@Nullable Integer id) {
        return id == null ? null : new Label(Label.LabelKind.VLAN, id);
    }

    private void rules(int from, int to, int there, int back) {
        a.rules(ingress(from, there, 2), egress(2, back + 1, from));
        b.rules(swap(1, there, there + 1, 2), swap(2, back, back + 1, 1));
        c.rules(ingress(to, back, 1), egress(1, there + 1, to));
    }

    private static String ingress(int in, int label, int out) {
        return "priority=100,in_port=%d actions=push_vlan:0x8100,set_field:%d->vlan_vid,output:%d"
                .formatted(in, 4096 + label, out);
    }

    private static String swap(int in, int from, int to, int out) {
        return "priority=200,in_port=%d,dl_vlan=%d actions=set_field:%d->vlan_vid,output:%d"
                .formatted(in, from, 4096 + to, out);
    }

    private static String egress(int in, int label, int out) {
        return "priority=200,in_port=%d,dl_vlan=%d actions=pop_vlan,output:%d".formatted(in, label, out);
    }

    private Collection<Difference> check() {
        return check(a, b, c);
    }

    private Collection<Difference> check(HandMade... switches) {
        Map<DatapathId, SwitchTables> tables = new HashMap<>();
        Arrays.stream(switches).forEach(made -> tables.put(made.id(), made.tables()));
        ways.forEach(cables::way);
        return Isolation.check(
                tables, ways, cables, id -> true, new DisplayNames(Map.of(DatapathId.of("a"), "node-a"), tables));
    }

    private static void assertFound(
            Collection<Difference> found, DifferenceType kind, NetworkId network, String... words) {
        assertThat(found).as("%s", found).anySatisfy(difference -> {
            assertThat(difference.kind()).isEqualTo(kind);
            assertThat(difference.owner()).isEqualTo(network);
            assertThat(difference.words()).contains(words);
        });
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(check()).isEmpty();
    }

    /** Moves all rules of a switch to table 2, and adds these to the first. */
    private static void behindTheFirst(HandMade made, String... leads) {
        List<String> texts = made.tables().rules().stream()
                .map(rule -> rule.text().replace("priority=", "table=2,priority="))
                .toList();
        made.without("").rules(texts.toArray(String[]::new)).rules(leads);
    }

    private void allBehindTheFirst() {
        for (HandMade each : List.of(a, b, c)) {
            behindTheFirst(each, "priority=99 actions=goto_table:2");
        }
    }

    @Test
    void findsNothingWhereAnotherTableLeadsToTheRules() {
        // Given
        allBehindTheFirst();
        // Then
        assertThat(check()).isEmpty();
    }

    @Test
    void findsNothingWhereEachRuleHasItsOwnRuleLeadingToIt() {
        // Given
        for (HandMade each : List.of(a, b, c)) {
            behindTheFirst(
                    each,
                    each.tables().rules().stream()
                            .map(rule -> rule.place() + " actions=goto_table:2")
                            .toArray(String[]::new));
        }
        // Then
        assertThat(check()).isEmpty();
    }

    @Test
    void findsLeaksInATableBehindTheFirst() {
        // Given
        b.without("dl_vlan=100").rule(swap(1, 100, 201, 2));
        c.rule(egress(1, 999, 12));
        allBehindTheFirst();
        // Then
        assertFound(check(), DifferenceType.LEAK, ONE, "an endpoint of " + TWO);
        assertFound(
                check(),
                DifferenceType.LEAK,
                ONE,
                "Frames with label vlan:999, which no network holds there, that enter at port p1 (1)");
    }

    @Test
    void findsAForeignRuleInEachTableThatFramesPass() {
        // Given
        allBehindTheFirst();
        b.rule("priority=300,in_port=1,dl_vlan=100 actions=output:31");
        c.rule("table=2,priority=300,in_port=1,dl_vlan=201 actions=pop_vlan,output:31");
        // Then
        assertFound(check(), DifferenceType.LEAK, ONE, "port p31 (31) of 000000000000000b");
        assertFound(check(), DifferenceType.LEAK, TWO, "port p31 (31) of 000000000000000c");
    }

    @Test
    void ignoresForeignRulesForForeignPorts() {
        // Given
        a.rules(
                "priority=10,in_port=31 actions=output:32",
                "priority=10,in_port=32,tcp actions=set_field:1->nw_tos,output:31");
        // Then
        assertThat(check()).isEmpty();
    }

    @Test
    void findsALabelThatLeadsToAnotherNetworksPort() {
        // Given: the same as a swap to a wrong label
        c.without("dl_vlan=101").rule(egress(1, 101, 22));
        // Then
        assertFound(check(), DifferenceType.LEAK, ONE, "port p22 (22)", "an endpoint of " + TWO);
    }

    @Test
    void findsASwapToAnotherNetworksLabel() {
        // Given
        b.without("dl_vlan=100").rule(swap(1, 100, 201, 2));
        // Then
        assertFound(check(), DifferenceType.LEAK, ONE, "an endpoint of " + TWO);
    }

    @Test
    void findsALeakToAPortOfNoNetwork() {
        // Given
        a.without("dl_vlan=151").rule(egress(2, 151, 31));
        // Then
        assertFound(check(), DifferenceType.LEAK, ONE, "port p31 (31) of node-a", "none of its endpoints");
    }

    @Test
    void findsACopyToAnotherPort() {
        // Given
        c.without("dl_vlan=101").rule("priority=200,in_port=1,dl_vlan=101 actions=pop_vlan,output:12,output:31");
        // Then
        assertThat(check()).hasSize(1);
        assertFound(check(), DifferenceType.LEAK, ONE, "port p31 (31)");
    }

    @Test
    void findsALoop() {
        // Given: b and c send the frame back and forth
        b.without("dl_vlan=100")
                .rule(swap(1, 100, 300, 2))
                .rule(swap(2, 301, 300, 2).replace("output:2", "IN_PORT"));
        c.without("dl_vlan=101").rule(swap(1, 300, 301, 1).replace("output:1", "IN_PORT"));
        // Then
        assertFound(check(), DifferenceType.LOOP, ONE, "and loop");
    }

    @Test
    void findsALoopThatNoNetworkUsesYet() {
        // Given
        b.rule(swap(1, 7, 7, 2)).rule(swap(3, 7, 7, 1));
        c.rule(swap(1, 7, 7, 2));
        cables.link(SwitchPort.of("c/2"), SwitchPort.of("b/3"), false);
        a.rule(swap(2, 7, 7, 2).replace("output:2", "IN_PORT"));
        // Then
        assertThat(check()).extracting(Difference::kind).contains(DifferenceType.LOOP);
    }

    @Test
    void findsALoopThatGrowsTagByTag() {
        // Given
        b.without("dl_vlan=100")
                .rule("priority=300,in_port=1 actions=push_vlan:0x8100,set_field:4103->vlan_vid,IN_PORT");
        a.rule("priority=300,in_port=2 actions=push_vlan:0x8100,set_field:4104->vlan_vid,IN_PORT");
        // Then
        assertThat(check()).extracting(Difference::kind).contains(DifferenceType.LOOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority=300,in_port=1,dl_vlan=101 actions=pop_vlan,output:31",
                "priority=65535,in_port=1 actions=output:31",
                "priority=65535 actions=output:31",
                "priority=300,in_port=1,vlan_tci=0x1000/0x1000 actions=output:31",
                "priority=300,in_port=1,vlan_tci=0x1001/0x1001 actions=output:31",
                "priority=200,in_port=1 actions=output:31",
                "priority=300,in_port=1,dl_vlan=101,nw_src=0x0a000001 actions=output:31",
                "priority=300,in_port=1,dl_vlan=101 actions=group:9",
                "priority=300,in_port=1,dl_vlan=101 actions=goto_table:7",
                "priority=300,in_port=1,dl_vlan=101 actions=write_actions(output:31)",
                "priority=300,in_port=1,dl_vlan=101 actions=write_metadata:5,goto_table:8"
            })
    void findsAForeignRuleThatDivertsFrames(String rule) {
        // Given
        c.rule(rule)
                .group(9, "output:12", "pop_vlan,output:31")
                .rule("table=7,priority=5,dl_vlan=101 actions=output:31")
                .rule("table=8,priority=9,metadata=6 actions=output:22")
                .rule("table=8,priority=5,metadata=5 actions=output:31");
        // Then
        assertFound(check(), DifferenceType.LEAK, ONE, "port p31 (31)", "the rule is");
        assertThat(check()).noneMatch(difference -> difference.words().contains("an endpoint of " + TWO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority=300,in_port=1,dl_vlan=100 actions=drop",
                "priority=300,in_port=1,udp actions=drop",
                "priority=65535 actions=drop",
                "priority=200,in_port=1 actions=drop",
                "priority=300,in_port=1 actions=goto_table:3"
            })
    void findsAForeignRuleThatDrops(String rule) {
        // Given
        b.rule(rule);
        // Then
        assertFound(
                check(),
                DifferenceType.WRONG_PATH,
                ONE,
                "are dropped at port p1 (1) of 000000000000000b",
                rule.substring(0, 12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"priority=1,in_port=1,dl_vlan=100", "priority=65535,in_port=2,dl_vlan=100", "priority=1"})
    void ignoresForeignRulesThatNeverMatch(String match) {
        // Given
        b.rule(match + " actions=drop");
        // Then
        assertThat(check()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NORMAL", "CONTROLLER", "output:12,NORMAL"})
    void findsFramesThatAreSentToTheSwitchOrItsController(String actions) {
        // Given
        c.without("dl_vlan=101").rule("priority=200,in_port=1,dl_vlan=101 actions=pop_vlan," + actions);
        // Then
        assertFound(check(), DifferenceType.LEAK, ONE, "may get anywhere");
    }

    @Test
    void findsASwitchThatForwardsByItself() {
        // Given: as a bridge that lost its controller, with fail_mode=standalone
        b.rule("priority=0 actions=NORMAL");
        // Then
        assertThat(check())
                .as("frames with labels that no network holds, and those of foreign ports")
                .anyMatch(difference -> difference.kind() == DifferenceType.LEAK
                        && difference.words().contains("NORMAL"));
    }

    @Test
    void reportsActionsThatItDoesNotUnderstand() {
        // Given
        b.rule("priority=300,in_port=1,dl_vlan=100 actions=action_65535(00002320)");
        // Then
        assertFound(check(), DifferenceType.NOT_PROVABLE, ONE, "action_65535(00002320)");
    }

    @Test
    void namesTheSwitchThatItCouldNotRead() {
        assertThat(check(a, c)).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(DifferenceType.NOT_PROVABLE);
            assertThat(difference.words()).contains("000000000000000b");
        });
    }

    @Test
    void findsAMissingRule() {
        // Given
        b.without("dl_vlan=150");
        // Then
        assertFound(check(), DifferenceType.WRONG_PATH, ONE, "p12 (12)", "no rule matches them");
    }

    @Test
    void findsAPathThatWasNotDecided() {
        // Given: by port 3 of b, over an existing cable
        cables.link(SwitchPort.of("b/3"), SwitchPort.of("c/2"), false);
        b.without("dl_vlan=100").rule(swap(1, 100, 101, 3));
        c.rule(egress(2, 101, 12));
        // Then
        assertFound(check(), DifferenceType.WRONG_PATH, ONE, "000000000000000b/1>3", "decided: ");
    }

    @Test
    void findsATagThatIsLeftOn() {
        // Given
        c.without("dl_vlan=101").rule("priority=200,in_port=1,dl_vlan=101 actions=output:12");
        // Then
        assertFound(check(), DifferenceType.WRONG_PATH, ONE, "their tags differ");
    }

    @Test
    void findsAChangeOfTheFrame() {
        // Given
        c.without("dl_vlan=101")
                .rule("priority=200,in_port=1,dl_vlan=101 actions=set_field:7->dl_dst,pop_vlan,output:12");
        // Then
        assertFound(check(), DifferenceType.WRONG_PATH, ONE, "set_field:7->dl_dst");
    }

    @Test
    void findsALabelUsedTwiceOnOneCable() {
        // Given: a link was declared again under another name, and its labels were allocated again
        NetworkId three = NetworkId.of("default/tenant-c/three");
        ways.addAll(network(three, 3, true, 31, 31, 100, 350));
        a.rules(ingress(31, 100, 2), egress(2, 351, 31));
        b.rules(swap(2, 350, 351, 1));
        c.rules(ingress(31, 350, 1));
        // Then
        assertFound(check(), DifferenceType.LEAK, three, "an endpoint of " + ONE);
    }

    @Test
    void findsALeftOverRuleForAFreeLabel() {
        // Given: rules of a removed circuit
        b.rule(swap(1, 700, 701, 2));
        c.rule(egress(1, 701, 12));
        // Then
        assertFound(
                check(),
                DifferenceType.LEAK,
                ONE,
                "Frames with label vlan:700, which no network holds there",
                "port p1 (1) of 000000000000000b");
    }

    @Test
    void findsAFreePortWhoseFramesEnterANetwork() {
        // Given
        a.rule(ingress(31, 100, 2));
        // Then
        assertFound(
                check(),
                DifferenceType.LEAK,
                ONE,
                "Frames that enter at port p31 (31) of node-a (000000000000000a), which belongs to no network");
    }

    @Test
    void followsCablesThatAreNoLongerDeclared() {
        // Given: the links were deleted; circuits still cross their cables
        Map<DatapathId, SwitchTables> tables = Map.of(a.id(), a.tables(), b.id(), b.tables(), c.id(), c.tables());
        Cables none = new Cables();
        ways.forEach(none::way);
        // When
        c.without("dl_vlan=101").rule(egress(1, 101, 22));
        Map<DatapathId, SwitchTables> broken = Map.of(a.id(), a.tables(), b.id(), b.tables(), c.id(), c.tables());
        // Then
        assertThat(Isolation.check(tables, ways, none, id -> true, new DisplayNames(Map.of(), tables)))
                .isEmpty();
        assertFound(
                Isolation.check(broken, ways, none, id -> true, new DisplayNames(Map.of(), broken)),
                DifferenceType.LEAK,
                ONE,
                "an endpoint of " + TWO);
    }

    @Test
    void acceptsTheOldAndTheNewPathWhileOneReplacesTheOther() {
        // Given: circuit 3 replaces circuit 1; some switches have turned traffic, others have not
        List<Way> retiring = network(ONE, 1, false, 11, 12, 100, 150);
        ways.removeIf(way -> way.circuit() == 1);
        ways.addAll(retiring);
        ways.addAll(network(ONE, 3, true, 11, 12, 110, 160));
        a.without("in_port=11").rules(ingress(11, 110, 2), egress(2, 161, 11));
        b.rules(swap(1, 110, 111, 2), swap(2, 160, 161, 1));
        c.rule(egress(1, 111, 12));
        // Then
        assertThat(check()).isEmpty();
    }

    @Test
    void findsARetiringCircuitThatReachesTheNextHolderOfItsPort() {
        // Given: network one was removed and its port is an endpoint of network three; a rule of one is still there
        ways.removeIf(way -> way.network().equals(ONE));
        ways.addAll(network(ONE, 1, false, 11, 12, 100, 150));
        a.without("in_port=11").without("dl_vlan=151");
        NetworkId three = NetworkId.of("default/tenant-c/three");
        ways.addAll(network(three, 3, true, 31, 12, 300, 350));
        c.without("in_port=12").rules(ingress(12, 350, 1), egress(1, 301, 12));
        b.rules(swap(1, 300, 301, 2), swap(2, 350, 351, 1));
        a.rules(ingress(31, 300, 2), egress(2, 351, 31));
        // Then
        assertFound(check(), DifferenceType.LEAK, ONE, "an endpoint of " + three);
    }

    @Test
    void followsTunnels() {
        // Given: a tunnel between a and b, a cable between b and c
        HandMade first = HandMade.of("a", 2, 11)
                .rules(
                        "priority=100,in_port=11 actions=set_field:500->tun_id,output:2",
                        "priority=200,in_port=2,tun_id=601 actions=output:11");
        HandMade second = HandMade.of("b", 1, 2)
                .rules(
                        "priority=200,in_port=1,tun_id=500 actions=push_vlan:0x8100,set_field:4197->vlan_vid,output:2",
                        "priority=200,in_port=2,dl_vlan=150 actions=pop_vlan,set_field:601->tun_id,output:1");
        HandMade third = HandMade.of("c", 1, 12, 31).rules(ingress(12, 150, 1), egress(1, 101, 12));
        Label there = new Label(Label.LabelKind.VNI, 500);
        Label back = new Label(Label.LabelKind.VNI, 601);
        DatapathId[] ids = {first.id(), second.id(), third.id()};
        ways.clear();
        ways.add(new Way(
                ONE,
                1,
                Direction.FORWARD,
                true,
                List.of(
                        new Way.Stage(0, ids[0], PortNumber.of(11), null, PortNumber.of(2), there),
                        new Way.Stage(0, ids[1], PortNumber.of(1), there, PortNumber.of(2), vlan(101)),
                        stage("c", 1, 101, 12, null))));
        ways.add(new Way(
                ONE,
                1,
                Direction.REVERSE,
                true,
                List.of(
                        stage("c", 12, null, 1, 150),
                        new Way.Stage(0, ids[1], PortNumber.of(2), vlan(150), PortNumber.of(1), back),
                        new Way.Stage(0, ids[0], PortNumber.of(2), back, PortNumber.of(11), null))));
        Cables tunnels = new Cables();
        ways.forEach(tunnels::way);
        Map<DatapathId, SwitchTables> tables =
                Map.of(ids[0], first.tables(), ids[1], second.tables(), ids[2], third.tables());
        // Then
        assertThat(Isolation.check(tables, ways, tunnels, id -> true, new DisplayNames(Map.of(), tables)))
                .isEmpty();
        // When: a foreign rule takes any VNI
        second.rule("priority=300,in_port=1,tun_id=0x100/0x100 actions=output:9");
        Map<DatapathId, SwitchTables> broken =
                Map.of(ids[0], first.tables(), ids[1], second.tables(), ids[2], third.tables());
        // Then
        assertFound(
                Isolation.check(broken, ways, tunnels, id -> true, new DisplayNames(Map.of(), broken)),
                DifferenceType.LEAK,
                ONE,
                "port 9");
    }

    @Test
    void checksThousandsOfNetworksInSeconds() {
        // Given
        IntStream.range(0, 1300).forEach(i -> {
            ways.addAll(network(
                    NetworkId.of("default/many/n" + i), 10 + i, true, 1000 + i, 1000 + i, 300 + 2 * i, 301 + 2 * i));
        });
        // When
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        check();
        // Then: processor time does not depend on the load of the machine
        assertThat((threads.getCurrentThreadCpuTime() - before) / 1_000_000).isLessThan(5_000);
    }
}
