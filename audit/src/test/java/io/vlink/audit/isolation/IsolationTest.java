package io.vlink.audit.isolation;

import static io.vlink.audit.isolation.ThreeSwitches.ONE;
import static io.vlink.audit.isolation.ThreeSwitches.TWO;
import static io.vlink.audit.isolation.ThreeSwitches.assertFound;
import static io.vlink.audit.isolation.ThreeSwitches.behindTheFirst;
import static io.vlink.audit.isolation.ThreeSwitches.egress;
import static io.vlink.audit.isolation.ThreeSwitches.ingress;
import static io.vlink.audit.isolation.ThreeSwitches.network;
import static io.vlink.audit.isolation.ThreeSwitches.stage;
import static io.vlink.audit.isolation.ThreeSwitches.swap;
import static io.vlink.audit.isolation.ThreeSwitches.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.differences.Difference.DifferenceType;
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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables of two networks, correct and broken in many ways. */
class IsolationTest {

    private final ThreeSwitches sample = new ThreeSwitches();
    private final HandMade a = sample.a;
    private final HandMade b = sample.b;
    private final HandMade c = sample.c;
    private final List<Way> ways = sample.ways;
    private final Cables cables = sample.cables;

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(sample.check()).isEmpty();
    }

    @Test
    void findsNothingWhereAnotherTableLeadsToTheRules() {
        // Given
        sample.allBehindTheFirst();
        // Then
        assertThat(sample.check()).isEmpty();
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
        assertThat(sample.check()).isEmpty();
    }

    @Test
    void findsLeaksInATableBehindTheFirst() {
        // Given
        b.without("dl_vlan=100").rule(swap(1, 100, 201, 2));
        c.rule(egress(1, 999, 12));
        sample.allBehindTheFirst();
        // Then
        assertFound(sample.check(), DifferenceType.LEAK, ONE, "an endpoint of " + TWO);
        assertFound(
                sample.check(),
                DifferenceType.LEAK,
                ONE,
                "Frames with label vlan:999, which no network holds there, that enter at port p1 (1)");
    }

    @Test
    void findsALabelThatLeadsToAnotherNetworksPort() {
        // Given: the same as a swap to a wrong label
        c.without("dl_vlan=101").rule(egress(1, 101, 22));
        // Then
        assertFound(sample.check(), DifferenceType.LEAK, ONE, "port p22 (22)", "an endpoint of " + TWO);
    }

    @Test
    void findsASwapToAnotherNetworksLabel() {
        // Given
        b.without("dl_vlan=100").rule(swap(1, 100, 201, 2));
        // Then
        assertFound(sample.check(), DifferenceType.LEAK, ONE, "an endpoint of " + TWO);
    }

    @Test
    void findsALeakToAPortOfNoNetwork() {
        // Given
        a.without("dl_vlan=151").rule(egress(2, 151, 31));
        // Then
        assertFound(sample.check(), DifferenceType.LEAK, ONE, "port p31 (31) of node-a", "none of its endpoints");
    }

    @Test
    void findsACopyToAnotherPort() {
        // Given
        c.without("dl_vlan=101").rule("priority=200,in_port=1,dl_vlan=101 actions=pop_vlan,output:12,output:31");
        // Then
        assertThat(sample.check()).hasSize(1);
        assertFound(sample.check(), DifferenceType.LEAK, ONE, "port p31 (31)");
    }

    @Test
    void findsALoop() {
        // Given: b and c send the frame back and forth
        b.without("dl_vlan=100")
                .rule(swap(1, 100, 300, 2))
                .rule(swap(2, 301, 300, 2).replace("output:2", "IN_PORT"));
        c.without("dl_vlan=101").rule(swap(1, 300, 301, 1).replace("output:1", "IN_PORT"));
        // Then
        assertFound(sample.check(), DifferenceType.LOOP, ONE, "and loop");
    }

    @Test
    void findsALoopThatNoNetworkUsesYet() {
        // Given
        b.rule(swap(1, 7, 7, 2)).rule(swap(3, 7, 7, 1));
        c.rule(swap(1, 7, 7, 2));
        cables.link(SwitchPort.of("c/2"), SwitchPort.of("b/3"), false);
        a.rule(swap(2, 7, 7, 2).replace("output:2", "IN_PORT"));
        // Then
        assertThat(sample.check()).extracting(Difference::kind).contains(DifferenceType.LOOP);
    }

    @Test
    void findsALoopThatGrowsTagByTag() {
        // Given
        b.without("dl_vlan=100")
                .rule("priority=300,in_port=1 actions=push_vlan:0x8100,set_field:4103->vlan_vid,IN_PORT");
        a.rule("priority=300,in_port=2 actions=push_vlan:0x8100,set_field:4104->vlan_vid,IN_PORT");
        // Then
        assertThat(sample.check()).extracting(Difference::kind).contains(DifferenceType.LOOP);
    }

    @Test
    void namesTheSwitchThatItCouldNotRead() {
        assertThat(sample.check(a, c)).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(DifferenceType.NOT_PROVABLE);
            assertThat(difference.words()).contains("000000000000000b");
        });
    }

    @Test
    void findsAMissingRule() {
        // Given
        b.without("dl_vlan=150");
        // Then
        assertFound(sample.check(), DifferenceType.WRONG_PATH, ONE, "p12 (12)", "no rule matches them");
    }

    @Test
    void findsAPathThatWasNotDecided() {
        // Given: by port 3 of b, over an existing cable
        cables.link(SwitchPort.of("b/3"), SwitchPort.of("c/2"), false);
        b.without("dl_vlan=100").rule(swap(1, 100, 101, 3));
        c.rule(egress(2, 101, 12));
        // Then
        assertFound(sample.check(), DifferenceType.WRONG_PATH, ONE, "000000000000000b/1>3", "decided: ");
    }

    @Test
    void findsATagThatIsLeftOn() {
        // Given
        c.without("dl_vlan=101").rule("priority=200,in_port=1,dl_vlan=101 actions=output:12");
        // Then
        assertFound(sample.check(), DifferenceType.WRONG_PATH, ONE, "their tags differ");
    }

    @Test
    void findsAChangeOfTheFrame() {
        // Given
        c.without("dl_vlan=101")
                .rule("priority=200,in_port=1,dl_vlan=101 actions=set_field:7->dl_dst,pop_vlan,output:12");
        // Then
        assertFound(sample.check(), DifferenceType.WRONG_PATH, ONE, "set_field:7->dl_dst");
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
        assertFound(sample.check(), DifferenceType.LEAK, three, "an endpoint of " + ONE);
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
        // Given: circuit 3 replaces circuit 1; some switches have switched traffic over, others have not
        List<Way> removing = network(ONE, 1, false, 11, 12, 100, 150);
        ways.removeIf(way -> way.circuit() == 1);
        ways.addAll(removing);
        ways.addAll(network(ONE, 3, true, 11, 12, 110, 160));
        a.without("in_port=11").rules(ingress(11, 110, 2), egress(2, 161, 11));
        b.rules(swap(1, 110, 111, 2), swap(2, 160, 161, 1));
        c.rule(egress(1, 111, 12));
        // Then
        assertThat(sample.check()).isEmpty();
    }

    @Test
    void findsACircuitBeingRemovedThatReachesTheNextUserOfItsPort() {
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
        assertFound(sample.check(), DifferenceType.LEAK, ONE, "an endpoint of " + three);
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
        sample.check();
        // Then: processor time does not depend on the load of the machine
        assertThat((threads.getCurrentThreadCpuTime() - before) / 1_000_000).isLessThan(5_000);
    }
}
