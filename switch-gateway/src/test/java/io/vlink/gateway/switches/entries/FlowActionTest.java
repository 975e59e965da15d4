package io.vlink.gateway.switches.entries;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules in the notation of ovs-ofctl. */
class FlowActionTest {

    private static final Label VLAN = new Label(Label.LabelKind.VLAN, 100);
    private static final Label VNI = new Label(Label.LabelKind.VNI, 100);

    private static String text(Match match, Action... actions) {
        return RuleText.of(WantedRule.of(new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.FORWARD),
                100,
                match,
                List.of(actions),
                Table.CLASSIFY)));
    }

    private static Match in(int port) {
        return new Match.AtPort(PortNumber.of(port), null);
    }

    private static Action out(int port) {
        return new Action.Output(PortNumber.of(port));
    }

    @Test
    void pushesAVlanTagAtTheIngress() {
        assertThat(text(in(1), new Action.ApplyMeter(7), new Action.PushLabel(VLAN), out(2)))
                .isEqualTo("priority=100,in_port=1,actions=meter:7,push_vlan:0x8100,set_field:4196->vlan_vid,output:2");
    }

    @Test
    void swapsAndPopsAVlanTag() {
        Match match = new Match.AtPort(PortNumber.of(1), VLAN);
        assertThat(text(match, new Action.SwapLabel(new Label(Label.LabelKind.VLAN, 7)), out(2)))
                .isEqualTo("priority=100,in_port=1,dl_vlan=100,actions=set_field:4103->vlan_vid,output:2");
        assertThat(text(match, new Action.PopLabel(), out(2)))
                .isEqualTo("priority=100,in_port=1,dl_vlan=100,actions=pop_vlan,output:2");
    }

    @Test
    void setsTheVniAndPopsNoTag() {
        assertThat(text(in(1), new Action.PushLabel(VNI), out(2)))
                .isEqualTo("priority=100,in_port=1,actions=set_field:0x64->tun_id,output:2");
        assertThat(text(new Match.AtPort(PortNumber.of(1), VNI), new Action.PopLabel(), out(2)))
                .isEqualTo("priority=100,in_port=1,tun_id=0x64,actions=output:2");
    }

    @Test
    void forwardsFromATunnelToACable() {
        assertThat(text(new Match.AtPort(PortNumber.of(1), VNI), new Action.PushLabel(VLAN), out(2)))
                .isEqualTo(
                        "priority=100,in_port=1,tun_id=0x64,actions=push_vlan:0x8100,set_field:4196->vlan_vid,output:2");
        assertThat(text(
                        new Match.AtPort(PortNumber.of(1), VLAN),
                        new Action.PopLabel(),
                        new Action.PushLabel(VNI),
                        out(2)))
                .isEqualTo("priority=100,in_port=1,dl_vlan=100,actions=pop_vlan,set_field:0x64->tun_id,output:2");
    }

    @Test
    void sendsBackByTheReservedPort() {
        assertThat(text(in(1), out(1))).endsWith("actions=IN_PORT");
    }

    @Test
    void namesAMeter() {
        assertThat(RuleText.of(new Meter(7, 20_000, 400)))
                .isEqualTo("meter=7 kbps burst bands=type=drop rate=20000 burst_size=400");
    }
}
