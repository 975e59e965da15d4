package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.Cookie;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One wanted flow entry. Its identity within a switch is table, priority and match.
 *
 * @param cookie bears our mark, and says whose rule it is
 * @param priority 0 to 65535
 * @param match which frames it is for
 * @param actions what is done with them, in order
 * @param table where it stands: 0, 1 or 2; absent: 2, where the rules of networks are
 */
public record Rule(
        Cookie cookie,
        int priority,
        Match match,
        List<Action> actions,
        @Nullable Table table) {

    public Rule {
        actions = List.copyOf(actions);
        if (priority < 0 || priority > 0xffff) {
            throw new IllegalArgumentException("The priority (%d) must be between 0 and 65535.".formatted(priority));
        }
        if (table == Table.FORWARDING) {
            table = null; // said once, so that equal rules are equal
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Rule of(RuleRecord record) {
        return record.rule();
    }

    @JsonValue
    RuleRecord record() {
        return RuleRecord.of(this);
    }

    /** The table that it stands in. */
    public Table standsIn() {
        return table == null ? Table.FORWARDING : table;
    }

    /** Whether another does the same with the same frames of the same circuit, in whichever table. */
    public boolean doesAs(Rule other) {
        return priority == other.priority
                && cookie.equals(other.cookie)
                && match.equals(other.match)
                && actions.equals(other.actions);
    }
}
