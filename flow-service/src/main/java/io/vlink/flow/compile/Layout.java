package io.vlink.flow.compile;

import io.vlink.events.SwitchPort;
import io.vlink.events.rules.Table;
import java.util.function.Predicate;

/**
 * The layout of networks' rules, the same in every switch.
 *
 * @param table the table of these rules. Rules written for another table are moved, and serve until then
 * @param metered whether all best effort that leaves over links uses a meter at the sending port
 */
public record Layout(Table table, Predicate<SwitchPort> metered) {}
