package io.vlink.flow.compile;

import io.vlink.events.rules.Action;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What one network wants in one switch. Always in one order, so that equal content is equal. */
public record SwitchRules(List<Meter> meters, List<Rule> rules) {

    private static final Comparator<Rule> ORDER = Comparator.comparing(Rule::standsIn)
            .thenComparingInt(Rule::priority)
            .thenComparing(rule -> rule.match().inPort(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(rule -> rule.match().label(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(rule -> rule.cookie().value());

    /** Nothing. */
    public static final SwitchRules NONE = new SwitchRules(List.of(), List.of());

    public SwitchRules {
        meters = sorted(meters, Comparator.comparingInt(Meter::number));
        rules = sorted(rules, ORDER);
    }

    private static <T> List<T> sorted(List<T> some, Comparator<T> order) {
        if (some.size() < 2) { // so it is with most meters: nothing is copied
            return List.copyOf(some);
        }
        List<T> sorted = new ArrayList<>(some);
        sorted.sort(order);
        return List.copyOf(sorted);
    }

    public static SwitchRules of(RuleSet set) {
        return set.isEmpty() ? NONE : new SwitchRules(set.meters(), set.rules());
    }

    public boolean isEmpty() {
        return meters.isEmpty() && rules.isEmpty();
    }

    /** Combines rules with those of {@code meters} that they use. */
    static SwitchRules using(List<Rule> rules, List<Meter> meters) {
        if (rules.isEmpty()) {
            return NONE;
        }
        return new SwitchRules(
                meters.isEmpty()
                        ? meters
                        : meters.stream().filter(meter -> isUsed(meter, rules)).toList(),
                rules);
    }

    private static boolean isUsed(Meter meter, List<Rule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.actions().stream())
                .anyMatch(action -> action instanceof Action.Police(int number) && number == meter.number());
    }

    /** Returns the rules of circuits whose number {@code wanted} accepts. */
    public List<Rule> rulesOf(LongPredicate wanted) {
        return rules.stream().filter(rule -> wanted.test(circuitOf(rule))).toList();
    }

    /** These and those of another circuit. */
    public SwitchRules with(SwitchRules others) {
        if (isEmpty()) {
            return others;
        }
        if (others.isEmpty()) {
            return this;
        }
        return new SwitchRules(
                Stream.concat(meters.stream(), others.meters.stream()).toList(),
                Stream.concat(rules.stream(), others.rules.stream()).toList());
    }

    public boolean any(Predicate<Rule> wanted) {
        for (Rule rule : rules) {
            if (wanted.test(rule)) {
                return true;
            }
        }
        return false;
    }

    /** Whether each of some rules is among these, or does the same in another table: frames do not notice where a rule stands. */
    public boolean serveAll(List<Rule> some) {
        return some.stream().allMatch(rule -> any(rule::doesAs));
    }

    /** Whether others differ from these in nothing but the tables that they stand in. */
    public boolean doAs(SwitchRules others) {
        return meters.equals(others.meters) && rules.size() == others.rules.size() && serveAll(others.rules);
    }

    /** Whether the same frames go the same way by some rules as by these, whichever tables they stand in and meters they pass. */
    public boolean leadAs(List<Rule> some) {
        return rules.size() == some.size() && leadAll(some);
    }

    /** Whether frames that match any of some rules go the same way by one of these, whichever tables they stand in and meters they pass. */
    public boolean leadAll(List<Rule> some) {
        return some.stream().allMatch(one -> any(rule -> leadsAs(one, rule)));
    }

    private static boolean leadsAs(Rule one, Rule other) {
        return one.doesAs(other)
                || (one.cookie().equals(other.cookie())
                        && one.priority() == other.priority()
                        && one.match().equals(other.match())
                        && withoutMeters(one).equals(withoutMeters(other)));
    }

    private static List<Action> withoutMeters(Rule rule) {
        return rule.actions().stream()
                .filter(action -> !(action instanceof Action.Police))
                .toList();
    }

    /** Number of the circuit that a rule belongs to. */
    public static long circuitOf(Rule rule) {
        return rule.cookie().circuit();
    }
}
