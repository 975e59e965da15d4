package io.vlink.gateway.switches;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What OVSDB says of a bridge, as far as isolation depends on it (Open vSwitch 3.1, ovs-vswitchd.conf.db(5)).
 *
 * @param failMode absent means {@code standalone}
 * @param disableInBand absent means {@code false}
 * @param vlanLimit absent means {@code 1}
 * @param mirrors what its mirrors copy, for people
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

    /** One without mirrors. */
    public BridgeSettings(
            String bridge, @Nullable String failMode, @Nullable String disableInBand, @Nullable String vlanLimit) {
        this(bridge, failMode, disableInBand, vlanLimit, List.of());
    }

    /** Why no rule may be sent to it, and what would mend it; absent: it is safe. */
    public Optional<String> violation() {
        StringBuilder why = new StringBuilder();
        if (!"secure".equals(failMode)) {
            why.append("The fail mode of bridge %s is %s, so that it would forward by itself without a controller: run"
                    .formatted(bridge, failMode == null ? "standalone" : failMode));
            why.append(" \"ovs-vsctl set-fail-mode %s secure\". ".formatted(bridge));
        }
        if (!"true".equals(disableInBand)) {
            why.append("In-band control of bridge %s is on, and its hidden rules pass frames between networks: run"
                    .formatted(bridge));
            why.append(" \"ovs-vsctl set bridge %s other-config:disable-in-band=true\". ".formatted(bridge));
        }
        if (vlanLimit != null && !"1".equals(vlanLimit)) {
            why.append("The vlan-limit is %s, with which some double-tagged frames die: run".formatted(vlanLimit));
            why.append(" \"ovs-vsctl set open_vswitch . other_config:vlan-limit=1\" and restart ovs-vswitchd. ");
        }
        return why.isEmpty() ? Optional.empty() : Optional.of(why.toString().strip());
    }
}
