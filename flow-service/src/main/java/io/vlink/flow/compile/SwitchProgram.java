package io.vlink.flow.compile;

import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The rules and meters of one or more circuits in one switch, in parts that are installed at different times. Only the compiler
 * knows the part of a rule; records do not contain it. {@link #presentIn} finds the parts in what was written before.
 *
 * @param ingress the rules by which frames come onto a circuit: once installed, they switch traffic over to it
 * @param downstream the rules that match only frames already on the circuit; harmless before and after the switch-over
 * @param meters the meters that rules of either part use
 */
public record SwitchProgram(List<Rule> ingress, List<Rule> downstream, List<Meter> meters) {

    /** Nothing. */
    public static final SwitchProgram NONE = new SwitchProgram(List.of(), List.of(), List.of());

    public SwitchProgram {
        ingress = List.copyOf(ingress);
        downstream = List.copyOf(downstream);
        meters = List.copyOf(meters);
    }

    /** Returns both parts. */
    public SwitchRules whole() {
        return SwitchRules.using(joined(ingress, downstream), meters);
    }

    /** Returns the part that switches no traffic over. */
    public SwitchRules downstreamOnly() {
        return SwitchRules.using(downstream, meters);
    }

    /** Returns these parts and those of another circuit. */
    public SwitchProgram with(SwitchProgram others) {
        return new SwitchProgram(
                joined(ingress, others.ingress), joined(downstream, others.downstream), joined(meters, others.meters));
    }

    /** Returns the parts that are in a switch already, with their present ports: the endpoints' ports may have moved. */
    public SwitchProgram presentIn(SwitchRules content) {
        return new SwitchProgram(present(ingress, content), present(downstream, content), meters);
    }

    /** Returns whether traffic was switched over to the circuit in a switch. */
    public boolean isSwitchedOverIn(SwitchRules content) {
        for (Rule rule : ingress) {
            if (isIn(content, rule)) {
                return true;
            }
        }
        return false;
    }

    private List<Rule> present(List<Rule> part, SwitchRules content) {
        return part.stream().filter(rule -> isIn(content, rule)).toList();
    }

    /** Endpoints may have moved, so the port may differ, but it must not be the port of another entry. */
    private boolean isIn(SwitchRules content, Rule rule) {
        return content.any(there -> isAlike(there, rule) && (isAtPortOf(there, rule) || !isOfAnEntry(there)));
    }

    /** Returns whether a rule in a switch is at the present port of an entry. */
    private boolean isOfAnEntry(Rule there) {
        return Stream.concat(ingress.stream(), downstream.stream())
                .anyMatch(rule -> isAlike(there, rule) && isAtPortOf(there, rule));
    }

    /** Entries of one hop may have the same label at different ports. */
    private static boolean isAlike(Rule one, Rule other) {
        return one.cookie().equals(other.cookie())
                && Objects.equals(one.match().label(), other.match().label());
    }

    private static boolean isAtPortOf(Rule one, Rule other) {
        return Objects.equals(one.match().inPort(), other.match().inPort());
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        if (some.isEmpty() || more.isEmpty()) {
            return some.isEmpty() ? more : some;
        }
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
