package io.vlink.gateway.switches.boundary;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a bridge in OVSDB on which isolation depends (Open vSwitch 3.1, ovs-vswitchd.conf.db(5)).
 *
 * @param failMode absent means {@code standalone}
 * @param disableInBand absent means {@code false}
 * @param vlanLimit absent means {@code 1}
 * @param mirrors what its mirrors copy, in words for people
 */
public record BridgeSettings(
        String bridge,
        @Nullable String failMode,
        @Nullable String disableInBand,
        @Nullable String vlanLimit,
        List<String> mirrors) {

    public BridgeSettings {
        mirrors = List.copyOf(mirrors);
    }

    /** Creates settings without mirrors. */
    public BridgeSettings(
            String bridge, @Nullable String failMode, @Nullable String disableInBand, @Nullable String vlanLimit) {
        this(bridge, failMode, disableInBand, vlanLimit, List.of());
    }

    /** Returns why no rule may be sent to the bridge and how to fix that; absent if the bridge is safe. */
    public Optional<String> violation() {
        StringBuilder why = new StringBuilder();
        if (!"secure".equals(failMode)) {
            why.append("The fail mode of bridge %s is %s: without a controller it would forward frames by itself. Run"
                    .formatted(bridge, failMode == null ? "standalone" : failMode));
            why.append(" \"ovs-vsctl set-fail-mode %s secure\". ".formatted(bridge));
        }
        if (!"true".equals(disableInBand)) {
            why.append("In-band control of bridge %s is on: its hidden rules pass frames between networks. Run"
                    .formatted(bridge));
            why.append(" \"ovs-vsctl set bridge %s other-config:disable-in-band=true\". ".formatted(bridge));
        }
        if (vlanLimit != null && !"1".equals(vlanLimit)) {
            why.append("The vlan-limit is %s: some double-tagged frames would be dropped. Run".formatted(vlanLimit));
            why.append(" \"ovs-vsctl set open_vswitch . other_config:vlan-limit=1\" and restart ovs-vswitchd. ");
        }
        return why.isEmpty() ? Optional.empty() : Optional.of(why.toString().strip());
    }
}
