package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static io.vlink.gateway.lab.World.awaitError;
import static io.vlink.gateway.lab.World.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import io.vlink.gateway.lab.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No rule goes to a bridge on which isolation would not hold. */
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
    void refusesAnUnsafeBridgeUntilItIsMended() {
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
        assertThat(awaitError(records, set).error()).startsWith("SwitchRefused: ");
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
        World.put(records, node("unchecked", id, "tcp:127.0.0.1:" + OpenVSwitch.freePort()));
        RuleSet set = world.sample(id, "unchecked", 4);
        records.put(set);
        // When
        ovs.connect("unchecked", gateway.port());
        // Then
        assertThat(awaitState(id, Switch.State.CONNECTED).checked()).isFalse();
        awaitApplied(records, set);
        // When: the right address is recorded
        World.put(records, node("unchecked", id, ovs.ovsdb()));
        // Then
        records.await(Topic.SWITCHES, id.toString(), Switch.class, Switch::checked);
    }
}
