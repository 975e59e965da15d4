package io.vlink.audit.tables;

import io.vlink.events.Cookie;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One rule in a switch.
 *
 * @param instructions in order of execution
 * @param timeouts after which it expires, in words; empty: never
 */
public record TableRule(
        int table, int priority, long cookie, FlowMatch match, List<Instruction> instructions, String timeouts) {

    public TableRule {
        instructions = List.copyOf(instructions);
    }

    /** Returns whether it has Vlink's mark. */
    public boolean isOurs() {
        return new Cookie(cookie).isOurs();
    }

    /** Returns the rule key: its table, priority and match. A switch has at most one rule of a key. */
    public String place() {
        String match = match().text();
        return (table == 0 ? "" : "table=%d,".formatted(table))
                + "priority=%d".formatted(priority)
                + (match.isEmpty() ? "" : "," + match);
    }

    /** Returns its timeouts and instructions. */
    public String effect() {
        String actions = instructions.stream()
                .map(Instruction::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(","));
        return (timeouts.isEmpty() ? "" : timeouts + " ") + "actions=" + (actions.isEmpty() ? "drop" : actions);
    }

    /** Returns the rule in the notation of {@code ovs-ofctl}. */
    public String text() {
        return "cookie=%s,%s %s".formatted(new Cookie(cookie), place(), effect());
    }
}
