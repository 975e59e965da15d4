package io.vlink.gateway.switches;

import io.vlink.events.Cookie;
import java.util.List;

/** One rule with our mark that was read from a switch. */
public record InstalledRule(Slot slot, Cookie cookie, List<FlowAction> actions, long packets, long bytes) {

    public InstalledRule {
        actions = List.copyOf(actions);
    }

    /** Whether it does the same as another in the same slot, whatever has passed through it. */
    boolean isAs(InstalledRule other) {
        return cookie.equals(other.cookie) && actions.equals(other.actions);
    }

    /** Whether it is the gateway's own and leads frames to one of a network. */
    boolean isLead() {
        return cookie.isOfGateway();
    }

    boolean hasCounted(InstalledRule other) {
        return packets != other.packets || bytes != other.bytes;
    }

    /** The groups that it leads to. */
    List<Long> groups() {
        long group = FlowAction.group(actions);
        return group == 0 ? List.of() : List.of(group);
    }

    /** The meters that it goes through; OpenFlow allows one. */
    List<Long> meters() {
        for (FlowAction action : actions) {
            if (action instanceof FlowAction.ThroughMeter(long meter)) {
                return List.of(meter);
            }
        }
        return List.of();
    }
}
