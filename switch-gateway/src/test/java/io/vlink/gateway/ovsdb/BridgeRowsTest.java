package io.vlink.gateway.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.events.DatapathId;
import io.vlink.events.switches.Plug;
import io.vlink.gateway.switches.boundary.BridgeSettings;
import io.vlink.gateway.switches.boundary.PortSizes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Table updates as OVSDB sends them. */
class BridgeRowsTest {

    private static final DatapathId ID = DatapathId.of("a");

    private final BridgeRows rows = new BridgeRows();

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode bridge(String failMode, String otherConfig) {
        return json("""
                {'Bridge':{'u1':{'new':{'name':'br0','datapath_id':'000000000000000a','fail_mode':%s,'other_config':['map',[%s]]}}},
                'Open_vSwitch':{'u0':{'new':{'other_config':['map',[]]}}}}
                """.formatted(failMode, otherConfig));
    }

    @Test
    void readsASafeBridge() {
        // When
        rows.update(bridge("'secure'", "['disable-in-band','true']"));
        // Then
        assertThat(rows.settings(ID)).contains(new BridgeSettings("br0", "secure", "true", null));
    }

    @Test
    void readsAbsentValues() {
        // When
        rows.update(bridge("['set',[]]", ""));
        // Then
        assertThat(rows.settings(ID)).contains(new BridgeSettings("br0", null, null, null));
    }

    @Test
    void followsChanges() {
        // Given
        rows.update(bridge("['set',[]]", ""));
        // When
        rows.update(bridge("['set',['secure']]", "['disable-in-band','true'],['x','y']"));
        rows.update(json("{'Open_vSwitch':{'u0':{'new':{'other_config':['map',[['vlan-limit','2']]]},'old':{}}}}"));
        // Then
        assertThat(rows.settings(ID)).contains(new BridgeSettings("br0", "secure", "true", "2"));
    }

    @Test
    void dropsADeletedBridge() {
        // Given
        rows.update(bridge("'secure'", ""));
        // When
        rows.update(json("{'Bridge':{'u1':{'old':{'name':'br0'}}}}"));
        // Then
        assertThat(rows.settings(ID)).isEmpty();
    }

    @Test
    void knowsNoOtherBridge() {
        // When
        rows.update(bridge("'secure'", ""));
        // Then
        assertThat(rows.settings(DatapathId.of("b"))).isEmpty();
    }

    @Test
    void readsOddShapesAsAbsent() {
        // When
        rows.update(
                json(
                        "{'Bridge':{'u1':{'new':{'name':7,'datapath_id':'000000000000000a','fail_mode':{},'other_config':3}}}}"));
        // Then
        assertThat(rows.settings(ID)).contains(new BridgeSettings("7", null, null, null));
    }

    private static JsonNode anInterface(String row, String name, String ofport, String mtu) {
        return json(
                "{'Interface':{'%s':{'new':{'name':'%s','ofport':%s,'mtu':%s}}}}".formatted(row, name, ofport, mtu));
    }

    private static PortSizes sizes(String name, @Nullable Integer mtu) {
        PortSizes sizes = new PortSizes();
        sizes.put(name, mtu);
        return sizes;
    }

    @Test
    void readsTheSizesOfPorts() {
        // When
        rows.update(anInterface("i1", "p1", "1", "1600"));
        // Then
        assertThat(rows.sizes(ID)).isEqualTo(sizes("p1", 1_600)).isNotEqualTo(sizes("p1", 1_500));
        // When
        rows.update(anInterface("i1", "p1", "1", "1500"));
        // Then
        assertThat(rows.sizes(ID)).isEqualTo(sizes("p1", 1_500));
        // When
        rows.update(json("{'Interface':{'i1':{'old':{'name':'p1'}}}}"));
        // Then
        assertThat(rows.sizes(ID)).isEqualTo(new PortSizes());
    }

    @Test
    void readsThePluggedPod() {
        // When
        rows.update(anInterface("i1", "veth1", "1", "1500"));
        rows.update(json("{'Port':{'p1':{'new':{'name':'veth1','external_ids':['map',[['contIface','net1'],"
                + "['contNetns','/run/netns/x'],['contPodUid','0123'],['owner','ovs-cni.network.kubevirt.io']]]}}}}"));
        // Then
        PortSizes expected = sizes("veth1", 1_500);
        expected.plugged("veth1", new Plug("0123", "net1"));
        assertThat(rows.sizes(ID)).isEqualTo(expected).isNotEqualTo(sizes("veth1", 1_500));
    }

    @Test
    void readsOddPlugsAsNone() {
        // When
        rows.update(anInterface("i1", "veth1", "1", "1500"));
        for (String ids : List.of(
                "['map',[]]",
                "['map',[['contPodUid','0123']]]",
                "['map',[['contPodUid',''],['contIface','net1']]]",
                "['map',[['contPodUid','%s'],['contIface','net1']]]".formatted("x".repeat(65)),
                "7")) {
            rows.update(json("{'Port':{'p1':{'new':{'name':'veth1','external_ids':%s}}}}".formatted(ids)));
            // Then
            assertThat(rows.sizes(ID)).as(ids).isEqualTo(sizes("veth1", 1_500));
        }
    }

    @Test
    void leavesOutInterfacesThatAreNotPortsYet() {
        // When
        rows.update(anInterface("i1", "p1", "['set',[]]", "1500"));
        rows.update(anInterface("i2", "p2", "-1", "['set',[]]"));
        // Then
        assertThat(rows.sizes(ID)).isEqualTo(new PortSizes());
    }

    @Test
    void readsAnAbsentOrAbsurdSizeAsNone() {
        for (String mtu : List.of("['set',[]]", "0", "-5", "65536", "99999999999", "'x'", "{}")) {
            // When
            rows.update(anInterface("i1", "p1", "3", mtu));
            // Then
            assertThat(rows.sizes(ID)).as(mtu).isEqualTo(sizes("p1", null));
        }
    }

    @Test
    void refusesJsonThatIsNotATableUpdate() {
        assertThatThrownBy(() -> rows.update(json("[1,2]"))).isInstanceOf(HostileAnswer.class);
    }

    private static JsonNode withPorts(String bridge) {
        return json("""
                {'Bridge':{'u1':{'new':{'name':'br0','datapath_id':'000000000000000a','fail_mode':'secure',
                'other_config':['map',[['disable-in-band','true']]],'ports':['set',[['uuid','p1'],['uuid','p2'],['uuid','p3']]],%s}}},
                'Port':{'p1':{'new':{'name':'a','interfaces':['uuid','i1'],'status':['map',[['stp_state','listening']]]}},
                'p2':{'new':{'name':'b','interfaces':['uuid','i2'],'status':['map',[['stp_state','forwarding']]],
                'rstp_status':['map',[['rstp_port_state','Discarding']]]}},
                'p3':{'new':{'name':'br0','interfaces':['uuid','i3'],'status':['map',[]]}}},
                'Interface':{'i1':{'new':{'name':'a','type':''}},'i2':{'new':{'name':'b','type':''}},'i3':{'new':{'name':'br0','type':'internal'}}},
                'Mirror':{'m1':{'new':{'name':'m','select_all':false,'select_src_port':['uuid','p1'],'select_dst_port':['set',[]],
                'output_port':['uuid','p2'],'output_vlan':['set',[]]}},
                'm2':{'new':{'name':'idle','select_all':false,'select_src_port':['set',[]],'select_dst_port':['set',[]],
                'output_port':['uuid','p2'],'output_vlan':['set',[]]}}}}
                """.formatted(bridge));
    }

    @Test
    void reportsPortsBlockedByASpanningTree() {
        // When
        rows.update(withPorts("'stp_enable':true,'rstp_enable':false"));
        // Then
        PortSizes expected = new PortSizes();
        expected.blocked("a", "listening (stp_enable)");
        assertThat(rows.sizes(ID)).isEqualTo(expected);
        // When
        rows.update(withPorts("'stp_enable':false,'rstp_enable':true"));
        // Then
        PortSizes rapid = new PortSizes();
        rapid.blocked("a", "starting (rstp_enable)");
        rapid.blocked("b", "Discarding (rstp_enable)");
        assertThat(rows.sizes(ID)).isEqualTo(rapid);
        // When
        rows.update(withPorts("'stp_enable':false,'rstp_enable':false"));
        // Then
        assertThat(rows.sizes(ID)).isEqualTo(new PortSizes());
    }

    @Test
    void reportsPortsWithPeersHeardByBfdOrCfm() {
        // When
        rows.update(json("""
                {'Interface':{
                'i1':{'new':{'name':'up','ofport':1,'mtu':1500,'bfd_status':['map',[['forwarding','true'],['state','up']]]}},
                'i2':{'new':{'name':'down','ofport':2,'mtu':1500,'bfd_status':['map',[['state','down']]]}},
                'i3':{'new':{'name':'cfm','ofport':3,'mtu':1500,'cfm_mpid':7,'cfm_fault':false}},
                'i4':{'new':{'name':'fault','ofport':4,'mtu':1500,'cfm_mpid':7,'cfm_fault':true}},
                'i5':{'new':{'name':'none','ofport':5,'mtu':1500,'cfm_mpid':['set',[]],'cfm_fault':['set',[]]}}}}
                """));
        // Then
        PortSizes expected = new PortSizes();
        List.of("up", "down", "cfm", "fault", "none").forEach(name -> expected.put(name, 1500));
        expected.hears("up");
        expected.hears("cfm");
        assertThat(rows.sizes(ID)).isEqualTo(expected);
    }

    @Test
    void namesMirrorsThatCopyFrames() {
        // When
        rows.update(withPorts("'mirrors':['set',[['uuid','m1'],['uuid','m2']]]"));
        PortSizes reserved = new PortSizes();
        reserved.reserved("b");
        assertThat(rows.sizes(ID)).isEqualTo(reserved);
        // Then
        assertThat(rows.settings(ID)).get().satisfies(settings -> assertThat(settings.mirrors())
                .containsExactly("The mirror m of bridge br0 copies the frames that enter by a to port b,"
                        + " whichever network they belong to. Run \"ovs-vsctl list mirror\" to see it."));
        // When
        rows.update(withPorts("'mirrors':['set',[]]"));
        // Then
        assertThat(rows.settings(ID)).get().satisfies(settings -> assertThat(settings.mirrors())
                .isEmpty());
    }
}
