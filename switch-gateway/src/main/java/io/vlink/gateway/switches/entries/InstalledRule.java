package io.vlink.gateway.switches.entries;

import io.vlink.events.Cookie;
import java.util.List;

/** A rule with our mark that was read from a switch. */
public record InstalledRule(RuleKey key, Cookie cookie, List<FlowAction> actions, long packets, long bytes) {

    public InstalledRule {
        actions = List.copyOf(actions);
    }

    /** Returns whether it does the same as another rule with the same key. Counters are not compared. */
    public boolean isAs(InstalledRule other) {
        return cookie.equals(other.cookie) && actions.equals(other.actions);
    }

    /** Returns whether this is a gateway's own rule that sends frames to a rule of a network. */
    public boolean isLead() {
        return cookie.isOfGateway();
    }

    public boolean hasCounted(InstalledRule other) {
        return packets != other.packets || bytes != other.bytes;
    }

    /** Returns the groups that the rule sends frames to. */
    public List<Long> groups() {
        long group = FlowAction.group(actions);
        return group == 0 ? List.of() : List.of(group);
    }

    /** Returns the meters that the rule uses; OpenFlow allows one. */
    public List<Long> meters() {
        for (FlowAction action : actions) {
            if (action instanceof FlowAction.ThroughMeter(long meter)) {
                return List.of(meter);
            }
        }
        return List.of();
    }
}
