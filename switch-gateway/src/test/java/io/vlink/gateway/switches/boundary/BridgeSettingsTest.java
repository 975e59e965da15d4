package io.vlink.gateway.switches.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Safe bridges are accepted; the message about others says how to fix them. */
class BridgeSettingsTest {

    @Test
    void acceptsASecureBridgeWithoutInBandControl() {
        assertThat(new BridgeSettings("br0", "secure", "true", null).violation())
                .isEmpty();
        assertThat(new BridgeSettings("br0", "secure", "true", "1").violation()).isEmpty();
    }

    @Test
    void namesTheCommandsToRun() {
        assertThat(new BridgeSettings("br0", null, "false", "2").violation())
                .get()
                .asString()
                .contains(
                        "ovs-vsctl set-fail-mode br0 secure",
                        "ovs-vsctl set bridge br0 other-config:disable-in-band=true",
                        "vlan-limit=1");
    }

    @Test
    void reportsOnlyWrongSettings() {
        assertThat(new BridgeSettings("br0", "standalone", "true", null).violation())
                .get()
                .asString()
                .contains("standalone", "set-fail-mode")
                .doesNotContain("in-band", "vlan-limit");
    }
}
