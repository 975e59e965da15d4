package io.vlink.gateway.switches.entries;

import io.vlink.events.Cookie;
import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule that a switch should have, in the form in which the switch has it. */
public record WantedRule(RuleKey.Parsed key, Cookie cookie, List<FlowAction> actions) {

    public WantedRule {
        actions = List.copyOf(actions);
    }

    public static WantedRule of(Rule rule) {
        return new WantedRule(
                new RuleKey.Parsed(rule.standsIn(), rule.priority(), rule.match()), rule.cookie(), FlowAction.of(rule));
    }

    /** Returns the gateway's own rule that sends frames to this rule only; null if this rule is in the first table. */
    public @Nullable WantedRule lead() {
        return key.isInTheFirst() ? null : of(Pipeline.leadingTo(key.priority(), key.match(), cookie));
    }

    /** Returns whether this is a gateway's own rule that sends frames to a rule of a network. */
    public boolean isLead() {
        return cookie.isOfGateway();
    }

    /** Returns whether the installed rule with this key equals this rule. */
    public boolean isSameAs(InstalledRule installed) {
        return cookie.equals(installed.cookie()) && actions.equals(installed.actions());
    }

    public InstalledRule installed() {
        return new InstalledRule(key, cookie, actions, 0, 0);
    }
}
