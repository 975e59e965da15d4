package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static io.vlink.gateway.lab.World.network;
import static io.vlink.gateway.lab.World.port;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.LinkPort;
import io.vlink.events.Topic;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import io.vlink.gateway.lab.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups in real switches: read back as written, corrected, and removed after the rules and groups that lead to them. */
@ExtendWith(SharedWorld.class)
class GroupsIT {

    /** The gate of the links that begin at port 3. */
    private static final int GATE = 65_539;

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final World world = SharedWorld.parts().world();
    private final GatewayProcess gateway = SharedWorld.parts().gateway();
    private final OpenVSwitch ovs = SharedWorld.parts().ovs();
    private final Records records = SharedWorld.parts().records();

    @ParameterizedTest
    @ValueSource(strings = {"OpenFlow14", "OpenFlow13"})
    void areAddedBeforeAndRemovedAfterTheRulesThatLeadToThem(String protocol) {
        // Given: a group for each kind of action, which watches the gate of port 3, or port 2; and groups of others
        String bridge = "faces" + protocol.substring(8);
        DatapathId id = ovs.bridge(bridge, 3, protocol);
        ovs.connect(bridge, gateway.port());
        records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.CONNECTED);
        ovs.ofctl("add-group", bridge, "group_id=20,type=select,bucket=actions=resubmit(,5)");
        ovs.ofctl("add-group", bridge, "group_id=21,type=ff,bucket=watch_port:2,actions=output:2");
        ovs.ofctl("add-group", bridge, "group_id=22,type=all,bucket=actions=group:21");
        Group face = new Group(
                7,
                Group.Kind.FAST_FAILOVER,
                List.of(
                        new Bucket(null, GATE, List.of(new Action.SwapLabel(vlan(101)), new Action.Output(port(3)))),
                        new Bucket(port(2), null, List.of(new Action.SwapLabel(vlan(300)), new Action.OutputBack()))));
        Group both = new Group(
                8,
                Group.Kind.ALL,
                List.of(
                        new Bucket(List.of(new Action.PopLabel(), new Action.Output(port(2)))),
                        new Bucket(List.of(
                                new Action.PushLabel(new Label(Label.LabelKind.VNI, 20_000)),
                                new Action.Output(port(3))))));
        RuleSet set = world.grouped(id, network(bridge), List.of(face, both), List.of(rule(100, 7), rule(200, 8)));
        records.put(set);
        RuleSet links = links(id, new Bucket(port(3), null, List.of(new Action.Output(port(3)))));
        // When
        records.put(links);
        // Then
        awaitApplied(records, links);
        awaitApplied(records, set);
        String groups = ovs.ofctl("dump-groups", bridge);
        assertThat(groups)
                .contains(
                        "group_id=65539,type=ff,bucket=watch_port:",
                        "group_id=7,type=ff,bucket=watch_group:65539,actions=set_field:4197->vlan_vid,output:",
                        "actions=set_field:4396->vlan_vid,IN_PORT",
                        "group_id=8,type=all,bucket=actions=pop_vlan,output:");
        assertThat(ovs.flows(bridge)).hasSize(2).allMatch(flow -> flow.contains("actions=group:"));
        // When: the same rule set comes again, the groups read back equal those written
        double written = gateway.metric("vlink_gateway_flow_mods_total");
        RuleSet again = world.grouped(id, network(bridge), set.groups(), set.rules());
        records.put(again);
        awaitApplied(records, again);
        assertThat(gateway.metric("vlink_gateway_flow_mods_total")).isEqualTo(written);
        assertThat(gateway.output()).doesNotContain("is repaired: networks [" + set.owner());
        // When: someone removes a group, and its rule with it, and changes another
        ovs.ofctl("del-groups", bridge, "group_id=7");
        ovs.ofctl("mod-group", bridge, "group_id=8,type=all,bucket=actions=output:2");
        // Then
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(ovs.flows(bridge)).hasSize(2);
            assertThat(ovs.ofctl("dump-groups", bridge).lines().sorted().toList())
                    .isEqualTo(groups.lines().sorted().toList());
        });
        // When: the gate is removed first
        RuleSet none = links(id);
        records.put(none);
        RuleSet last = world.grouped(id, network(bridge), List.of(), List.of());
        records.put(last);
        // Then
        awaitApplied(records, last);
        awaitApplied(records, none);
        assertThat(ovs.flows(bridge)).isEmpty();
        assertThat(ovs.ofctl("dump-groups", bridge).lines())
                .filteredOn(line -> line.contains("group_id"))
                .as("groups of others")
                .hasSize(3)
                .allMatch(line -> line.contains("group_id=2"));
    }

    private RuleSet links(DatapathId id, Bucket... buckets) {
        return world.grouped(
                id,
                new LinkPort("default", port(3)),
                buckets.length == 0 ? List.of() : List.of(new Group(GATE, Group.Kind.FAST_FAILOVER, List.of(buckets))),
                List.of());
    }

    private static Rule rule(int label, int group) {
        return new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, group, Direction.FORWARD),
                200,
                new Match.AtPort(port(2), vlan(label)),
                List.of(new Action.ToGroup(group)),
                Table.FORWARDING);
    }

    private static Label vlan(int id) {
        return new Label(Label.LabelKind.VLAN, id);
    }
}
