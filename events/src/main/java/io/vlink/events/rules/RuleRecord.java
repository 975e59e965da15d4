package io.vlink.events.rules;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.ShortCookie;
import io.vlink.events.schema.Between;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a required flow entry in Kafka. Its identity within a switch is table, priority and match.
 *
 * @param cookie has Vlink's mark, and identifies the owner
 * @param priority absent: 200 with a label, 100 without
 * @param inPort the port at which the frames arrive
 * @param label the tag that the frame must have; absent: any frame that arrives at the port
 * @param actions the actions on these frames, in order
 * @param table the rule's table: 0, 1 or 2; absent: 2, the table of networks' rules
 */
record RuleRecord(
        ShortCookie cookie,
        @Between(min = 0, max = 0xffff) @Nullable Integer priority,
        PortNumber inPort,
        @Nullable Label label,
        List<Action> actions,
        @Nullable Table table) {

    static RuleRecord of(Rule rule) {
        PortNumber inPort = rule.match().inPort();
        if (inPort == null) {
            throw new IllegalArgumentException(
                    "The rule %s matches all frames; only the gateway has such rules, and they are not recorded."
                            .formatted(rule.cookie()));
        }
        return new RuleRecord(
                new ShortCookie(rule.cookie()),
                rule.priority() == Pipeline.priorityOf(rule.match()) ? null : rule.priority(),
                inPort,
                rule.match().label(),
                rule.actions(),
                rule.table());
    }

    Rule rule() {
        Match match = new Match.AtPort(inPort, label);
        return new Rule(
                cookie.cookie(), priority == null ? Pipeline.priorityOf(match) : priority, match, actions, table);
    }
}
