package io.vlink.events.rules;

import io.vlink.events.Between;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.ShortCookie;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One wanted flow entry, as it stands in Kafka. Its identity within a switch is table, priority and what it is for.
 *
 * @param cookie carries Vlink's mark, and says whose rule it is
 * @param priority absent: 200 where there is a label, else 100
 * @param inPort where the frames come in that it is for
 * @param label the tag that the frame must carry; absent: any frame that comes in at the port
 * @param actions what is done with them, in order
 * @param table where it stands: 0, 1 or 2; absent: 2, where the rules of networks are
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
                    "The rule %s is for all frames; such a rule is the gateway's own, and recorded nowhere."
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
