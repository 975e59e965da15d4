package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static io.vlink.gateway.lab.World.awaitError;
import static io.vlink.gateway.lab.World.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Shadow;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.FreePort;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import io.vlink.gateway.lab.World;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No rule is written to a bridge that would break isolation. */
@ExtendWith(SharedWorld.class)
class SafetyIT {

    private final World world = SharedWorld.parts().world();
    private final GatewayProcess gateway = SharedWorld.parts().gateway();
    private final OpenVSwitch ovs = SharedWorld.parts().ovs();
    private final Records records = SharedWorld.parts().records();

    private Switch awaitState(DatapathId id, Switch.State state) {
        return records.await(Topic.SWITCHES, id.toString(), Switch.class, seen -> seen.state() == state);
    }

    @Test
    void refusesAnUnsafeBridgeUntilItIsFixed() {
        // Given
        DatapathId id = ovs.bridge("unsafe", 2, "OpenFlow14");
        ovs.vsctl("set-fail-mode", "unsafe", "standalone");
        World.put(records, node("unsafe", id, ovs.ovsdb()));
        RuleSet set = world.sample(id, "unsafe", 3);
        records.put(set);
        // When
        ovs.connect("unsafe", gateway.port());
        // Then
        Switch refused = awaitState(id, Switch.State.REFUSED);
        assertThat(refused.reason()).contains("ovs-vsctl set-fail-mode unsafe secure");
        assertThat(awaitError(records, set).reason()).isEqualTo("SwitchRefused");
        assertThat(ovs.flows("unsafe")).noneMatch(flow -> flow.contains("0x564c"));
        // When
        ovs.vsctl("set-fail-mode", "unsafe", "secure");
        // Then
        assertThat(awaitState(id, Switch.State.CONNECTED).checked()).isTrue();
        awaitApplied(records, set);
        assertThat(ovs.flows("unsafe")).hasSize(2);
        // When
        ovs.vsctl("set", "bridge", "unsafe", "other-config:disable-in-band=false");
        // Then
        assertThat(awaitState(id, Switch.State.REFUSED).reason())
                .contains("ovs-vsctl set bridge unsafe other-config:disable-in-band=true");
        awaitError(records, set);
    }

    @Test
    void acceptsASwitchUncheckedWhileItsOvsdbCannotBeReached() {
        // Given
        DatapathId id = ovs.bridge("unchecked", 2, "OpenFlow14");
        World.put(records, node("unchecked", id, "tcp:127.0.0.1:" + FreePort.find()));
        RuleSet set = world.sample(id, "unchecked", 4);
        records.put(set);
        // When
        ovs.connect("unchecked", gateway.port());
        // Then
        assertThat(awaitState(id, Switch.State.CONNECTED).checked()).isFalse();
        awaitApplied(records, set);
        // When: the correct address is recorded
        World.put(records, node("unchecked", id, ovs.ovsdb()));
        // Then
        records.await(Topic.SWITCHES, id.toString(), Switch.class, Switch::checked);
    }

    private RuleState awaitShadow(RuleSet set, Predicate<@Nullable Shadow> wanted) {
        return records.await(
                Topic.RULE_STATES,
                set.owner() + "/" + set.datapathId(),
                RuleState.class,
                state -> state.applied() && wanted.test(state.shadow()));
    }

    @Test
    void reportsNetworksWithRulesShadowedByOthers() {
        // Given
        DatapathId id = ovs.bridge("shadowed", 2, "OpenFlow14");
        RuleSet set = world.sample(id, "shadowed", 7);
        records.put(set);
        ovs.connect("shadowed", gateway.port());
        awaitApplied(records, set);
        // When: rules of others take no frames of the network
        ovs.ofctl("add-flow", "shadowed", "priority=1,actions=drop");
        ovs.ofctl("add-flow", "shadowed", "priority=65535,in_port=77,actions=drop");
        ovs.ofctl("add-flow", "shadowed", "table=5,priority=65535,actions=drop");
        ovs.ofctl("add-flow", "shadowed", "priority=65535,in_port=2,dl_vlan=8,actions=drop");
        // And: one that does
        ovs.ofctl("add-flow", "shadowed", "priority=65535,in_port=2,dl_vlan=7,actions=drop");
        // Then
        Instant before = Instant.now().minusSeconds(60);
        assertThat(awaitShadow(set, Objects::nonNull).shadow()).isNotNull().satisfies(shadow -> {
            assertThat(shadow).isEqualTo(new Shadow(World.port(2), 65_535, true, shadow.since()));
            assertThat(shadow.since()).isBetween(before, Instant.now());
        });
        assertThat(records.await(Topic.SWITCHES, id.toString(), Switch.class, seen -> !seen.allWarnings()
                                .isEmpty())
                        .allWarnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("networks (1)", "dump-flows"));
        // When
        ovs.ofctl("del-flows", "shadowed", "in_port=2,dl_vlan=7,cookie=0/-1");
        // Then
        awaitShadow(set, Objects::isNull);
        // When: a rule sends all frames to a table that drops them
        ovs.ofctl("add-flow", "shadowed", "cookie=0x77,priority=40000,actions=resubmit(,5)");
        // Then
        assertThat(awaitShadow(set, Objects::nonNull)).satisfies(state -> {
            assertThat(state.shadow()).isNotNull().satisfies(shadow -> {
                assertThat(shadow.priority()).isEqualTo(40_000);
                assertThat(shadow.certain()).isTrue();
            });
        });
        // When: a rule is unreadable
        ovs.ofctl("del-flows", "shadowed", "cookie=0x77/-1");
        awaitShadow(set, Objects::isNull);
        ovs.ofctl("add-flow", "shadowed", "cookie=0x78,priority=40001,reg0=0,actions=drop");
        // Then
        assertThat(awaitShadow(set, Objects::nonNull).shadow()).satisfies(shadow -> {
            assertThat(shadow).isNotNull();
            assertThat(shadow.certain()).isFalse();
        });
        // And: lost rules of Vlink are restored despite rules of others
        ovs.ofctl("del-flows", "shadowed", "cookie=0x564c000000000000/0xffff000000000000");
        await().until(() -> ovs.flows("shadowed").stream()
                        .filter(flow -> flow.contains("0x564c"))
                        .count()
                == 2);
        // When
        ovs.ofctl("del-flows", "shadowed", "cookie=0x78/-1");
        // Then
        awaitShadow(set, Objects::isNull);
        records.await(Topic.SWITCHES, id.toString(), Switch.class, seen -> seen.allWarnings()
                .isEmpty());
    }

    @Test
    void reportsFeaturesOfABridgeThatAffectFrames() {
        // Given
        DatapathId id = ovs.bridge("habits", 3, "OpenFlow14");
        ovs.appctl("netdev-dummy/set-admin-state", "habits-p1", "up");
        World.put(records, node("habits", id, ovs.ovsdb()));
        ovs.connect("habits", gateway.port());
        awaitState(id, Switch.State.CONNECTED);
        records.await(Topic.PORTS, id + "/1", Port.class, port -> port.up() && port.sending() == null);
        // When: the port listens for 30 s before it forwards
        ovs.vsctl("set", "bridge", "habits", "stp_enable=true");
        // Then
        records.await(
                Topic.PORTS,
                id + "/1",
                Port.class,
                port -> port.sending() != null && port.sending().reason().equals("StpBlocked"));
        // When
        ovs.vsctl("set", "bridge", "habits", "stp_enable=false");
        // Then
        records.await(Topic.PORTS, id + "/1", Port.class, port -> port.up() && port.sending() == null);
        // When
        ovs.vsctl(
                "--id=@a",
                "get",
                "port",
                "habits-p1",
                "--",
                "--id=@b",
                "get",
                "port",
                "habits-p2",
                "--",
                "--id=@m",
                "create",
                "mirror",
                "name=spy",
                "select_src_port=@a",
                "output_port=@b",
                "--",
                "set",
                "bridge",
                "habits",
                "mirrors=@m");
        // Then
        assertThat(records.await(Topic.SWITCHES, id.toString(), Switch.class, seen -> !seen.allWarnings()
                                .isEmpty())
                        .allWarnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.reason()).isEqualTo("Mirrors");
                    assertThat(warning.message()).contains("spy", "habits-p1", "habits-p2");
                });
        // When
        ovs.vsctl("clear", "bridge", "habits", "mirrors");
        // Then
        records.await(Topic.SWITCHES, id.toString(), Switch.class, seen -> seen.allWarnings()
                .isEmpty());
    }
}
