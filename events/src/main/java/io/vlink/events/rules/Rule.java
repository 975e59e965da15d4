package io.vlink.events.rules;

import io.vlink.events.Between;
import io.vlink.events.Cookie;
import java.util.List;

/**
 * One wanted flow entry. Its identity within a switch is priority and match.
 *
 * @param cookie bears our mark, and says whose rule it is
 * @param priority 0 to 65535
 * @param match which frames it is for
 * @param actions what is done with them, in order
 */
public record Rule(
        Cookie cookie, @Between(min = 0, max = 0xffff) int priority, Match match, List<Action> actions) {

    public Rule {
        actions = List.copyOf(actions);
        if (priority < 0 || priority > 0xffff) {
            throw new IllegalArgumentException("The priority (%d) must be between 0 and 65535.".formatted(priority));
        }
    }
}
