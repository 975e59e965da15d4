package io.vlink.flow.compile;

import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What one or more circuits want in one switch, in parts that are installed at different times. Only the compiler knows
 * which part a rule belongs to; the rule's record does not say. {@link #presentIn} finds the parts of what was written before.
 *
 * @param turning the rules by which frames come onto a circuit: once installed, they turn traffic to it
 * @param rest the rules that only frames already on the circuit match, harmless before traffic is turned and after it
 * @param meters the meters that rules of either part use
 */
public record SwitchProgram(List<Rule> turning, List<Rule> rest, List<Meter> meters) {

    /** Nothing. */
    public static final SwitchProgram NONE = new SwitchProgram(List.of(), List.of(), List.of());

    public SwitchProgram {
        turning = List.copyOf(turning);
        rest = List.copyOf(rest);
        meters = List.copyOf(meters);
    }

    /** Both parts. */
    public SwitchRules whole() {
        return SwitchRules.using(joined(turning, rest), meters);
    }

    /** All that turns nothing. */
    public SwitchRules untilTurned() {
        return SwitchRules.using(rest, meters);
    }

    /** These parts and those of another circuit. */
    public SwitchProgram with(SwitchProgram others) {
        return new SwitchProgram(
                joined(turning, others.turning), joined(rest, others.rest), joined(meters, others.meters));
    }

    /** What of this stands in a switch already, with the ports that it names now: those of its ends may have moved. */
    public SwitchProgram presentIn(SwitchRules content) {
        return new SwitchProgram(present(turning, content), present(rest, content), meters);
    }

    /** Whether traffic was turned to it in a switch. */
    public boolean isTurnedIn(SwitchRules content) {
        for (Rule rule : turning) {
            if (isIn(content, rule)) {
                return true;
            }
        }
        return false;
    }

    private List<Rule> present(List<Rule> part, SwitchRules content) {
        return part.stream().filter(rule -> isIn(content, rule)).toList();
    }

    /** Ends may have moved since, so the port may be another by now, but not that of another entry. */
    private boolean isIn(SwitchRules content, Rule rule) {
        return content.any(there -> isAlike(there, rule) && (isAtPortOf(there, rule) || !isOfAnEntry(there)));
    }

    /** Whether a rule that stands in a switch is at the port of an entry as it is now. */
    private boolean isOfAnEntry(Rule there) {
        return Stream.concat(turning.stream(), rest.stream())
                .anyMatch(rule -> isAlike(there, rule) && isAtPortOf(there, rule));
    }

    /** Entries of one hop may have one label, at different ports. */
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
