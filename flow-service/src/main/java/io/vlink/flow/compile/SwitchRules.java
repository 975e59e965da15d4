package io.vlink.flow.compile;

import io.vlink.events.DatapathId;
import io.vlink.events.Owner;
import io.vlink.events.Revision;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What one owner wants in one switch: all that a {@link RuleSet} holds but whose it is and since when. Always in one order, so
 * that equal content is equal.
 */
public record SwitchRules(List<Meter> meters, List<Group> groups, List<Rule> rules) {

    private static final Comparator<Rule> ORDER = Comparator.comparing(Rule::standsIn)
            .thenComparingInt(Rule::priority)
            .thenComparing(rule -> rule.match().inPort(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(rule -> rule.match().label(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(rule -> rule.cookie().value());

    /** Nothing. */
    public static final SwitchRules NONE = new SwitchRules(List.of(), List.of(), List.of());

    public SwitchRules {
        meters = sorted(meters, Comparator.comparingInt(Meter::number));
        groups = sorted(groups, Comparator.comparingInt(Group::number));
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
        return set.isEmpty() ? NONE : new SwitchRules(set.meters(), set.groups(), set.rules());
    }

    /** The record by which a switch is told of them. */
    public RuleSet in(DatapathId datapathId, Owner owner, Revision revision) {
        return new RuleSet(datapathId, owner, revision, meters, groups, rules);
    }

    public boolean isEmpty() {
        return meters.isEmpty() && groups.isEmpty() && rules.isEmpty();
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
                List.of(),
                rules);
    }

    private static boolean isUsed(Meter meter, List<Rule> rules) {
        for (Rule rule : rules) {
            for (Action action : rule.actions()) {
                if (action instanceof Action.Police(int number) && number == meter.number()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the rules of circuits whose number {@code wanted} accepts, and all meters and groups that they may lead to. */
    public SwitchRules ofCircuits(LongPredicate wanted) {
        List<Rule> some =
                rules.stream().filter(rule -> wanted.test(circuitOf(rule))).toList();
        return some.isEmpty() ? NONE : new SwitchRules(meters, groups, some);
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
                Stream.concat(groups.stream(), others.groups.stream()).toList(),
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
        return meters.equals(others.meters)
                && groups.equals(others.groups)
                && rules.size() == others.rules.size()
                && serveAll(others.rules);
    }

    /** Whether the same frames go the same way by others as by these, whichever tables they stand in and meters they pass. */
    public boolean leadAs(SwitchRules others) {
        return rules.size() == others.rules.size() && leadAll(others);
    }

    /** Whether frames that match any of others go the same way by one of these, whichever tables they stand in and meters they pass. */
    public boolean leadAll(SwitchRules others) {
        return others.rules.stream().allMatch(other -> any(rule -> leadsAs(rule, others, other)));
    }

    private boolean leadsAs(Rule rule, SwitchRules others, Rule other) {
        return rule.cookie().equals(other.cookie())
                && rule.priority() == other.priority()
                && rule.match().equals(other.match())
                && (rule.actions().equals(other.actions())
                        || withoutMeters(rule).equals(withoutMeters(other)))
                && (groups.equals(others.groups) || behind(rule).equals(others.behind(other)));
    }

    private static List<Action> withoutMeters(Rule rule) {
        return rule.actions().stream()
                .filter(action -> !(action instanceof Action.Police))
                .toList();
    }

    /** The groups that settle where a rule's frames go: that which they are handed to, and those that it watches. */
    private Set<Group> behind(Rule rule) {
        Set<Group> behind = new HashSet<>();
        for (Action action : rule.actions()) {
            if (action instanceof Action.ToGroup(int number)) {
                follow(number, behind);
            }
        }
        return behind;
    }

    private void follow(int number, Set<Group> followed) {
        for (Group group : groups) {
            if (group.number() == number && followed.add(group)) {
                for (Bucket bucket : group.buckets()) {
                    Integer watched = bucket.watchGroup();
                    if (watched != null) {
                        follow(watched, followed);
                    }
                }
            }
        }
    }

    /** Number of the circuit that a rule belongs to. */
    public static long circuitOf(Rule rule) {
        return rule.cookie().circuit();
    }
}
