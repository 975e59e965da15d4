package io.vlink.audit.tables;

import io.vlink.events.Cookie;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One rule that stands in a switch.
 *
 * @param instructions in the order in which they are carried out, whatever order the switch tells them in
 * @param timeouts when it goes by itself, in words; empty: never
 */
public record TableRule(
        int table, int priority, long cookie, FlowMatch match, List<Instruction> instructions, String timeouts) {

    public TableRule {
        instructions = List.copyOf(instructions);
    }

    /** Whether it carries our mark. */
    public boolean isOurs() {
        return new Cookie(cookie).isOurs();
    }

    /** Where it stands: at most one rule of a switch stands there. */
    public String place() {
        String match = match().text();
        return (table == 0 ? "" : "table=%d,".formatted(table))
                + "priority=%d".formatted(priority)
                + (match.isEmpty() ? "" : "," + match);
    }

    /** What it does. */
    public String effect() {
        String actions = instructions.stream()
                .map(Instruction::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(","));
        return (timeouts.isEmpty() ? "" : timeouts + " ") + "actions=" + (actions.isEmpty() ? "drop" : actions);
    }

    /** In the notation of {@code ovs-ofctl}. */
    public String text() {
        return "cookie=%s,%s %s".formatted(new Cookie(cookie), place(), effect());
    }
}
