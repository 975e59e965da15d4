package io.vlink.gateway.switches;

import io.vlink.events.Cookie;
import java.util.List;

/** One rule with our mark that was read from a switch. */
public record InstalledRule(Slot slot, Cookie cookie, List<FlowAction> actions, long packets, long bytes) {

    public InstalledRule {
        actions = List.copyOf(actions);
    }

    boolean uses(long meter) {
        return actions.contains(new FlowAction.ThroughMeter(meter));
    }
}
