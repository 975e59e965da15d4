package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.Cookie;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One required flow entry. Its identity within a switch is table, priority and match.
 *
 * @param cookie has Vlink's mark, and identifies the owner
 * @param priority 0 to 65535
 * @param match the frames that it applies to
 * @param actions the actions on these frames, in order
 * @param table the rule's table: 0, 1 or 2; absent: 2, the table of networks' rules
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
            table = null; // one form only, so that equal rules are equal
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

    /** The rule's table. */
    public Table standsIn() {
        return table == null ? Table.FORWARDING : table;
    }

    /** Whether another rule treats the same frames of the same circuit alike, in any table. */
    public boolean doesAs(Rule other) {
        return priority == other.priority
                && cookie.equals(other.cookie)
                && match.equals(other.match)
                && actions.equals(other.actions);
    }
}
