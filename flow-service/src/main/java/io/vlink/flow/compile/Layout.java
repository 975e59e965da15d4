package io.vlink.flow.compile;

import io.vlink.events.SwitchPort;
import io.vlink.events.rules.Table;
import java.util.function.Predicate;

/**
 * What rules of networks find in every switch.
 *
 * @param table the one that all of them stand in. What was written for another is moved, and serves meanwhile
 * @param metered whether all best effort that leaves by a port over links passes a meter there
 */
public record Layout(Table table, Predicate<SwitchPort> metered) {}
