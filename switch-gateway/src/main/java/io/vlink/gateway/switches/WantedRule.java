package io.vlink.gateway.switches;

import io.vlink.events.Cookie;
import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule that should be in a switch, in the form in which it stands there. */
public record WantedRule(Slot.Plain slot, Cookie cookie, List<FlowAction> actions) {

    public WantedRule {
        actions = List.copyOf(actions);
    }

    public static WantedRule of(Rule rule) {
        return new WantedRule(
                new Slot.Plain(rule.standsIn(), rule.priority(), rule.match()), rule.cookie(), FlowAction.of(rule));
    }

    /** The gateway's own rule that leads frames to this one alone; null: it stands where frames come in. */
    @Nullable WantedRule lead() {
        return slot.isInTheFirst() ? null : of(Pipeline.leadingTo(slot.priority(), slot.match(), cookie));
    }

    /** Whether it is such a one. */
    boolean isLead() {
        return cookie.isOfGateway();
    }

    /** Whether what the switch has in this slot is exactly this. */
    boolean isSameAs(InstalledRule installed) {
        return cookie.equals(installed.cookie()) && actions.equals(installed.actions());
    }

    InstalledRule installed() {
        return new InstalledRule(slot, cookie, actions, 0, 0);
    }
}
