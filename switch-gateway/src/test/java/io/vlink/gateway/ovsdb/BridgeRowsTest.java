package io.vlink.gateway.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.BridgeSettings;
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
    void forgetsADeletedBridge() {
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

    @Test
    void refusesWhatIsNoTableUpdate() {
        assertThatThrownBy(() -> rows.update(json("[1,2]"))).isInstanceOf(HostileAnswer.class);
    }
}
