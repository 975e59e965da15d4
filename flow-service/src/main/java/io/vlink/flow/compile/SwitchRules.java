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
 * The contents of one owner's {@link RuleSet} for one switch, without owner and revision. The order is canonical: equal contents
 * are equal.
 */
public record SwitchRules(List<Meter> meters, List<Group> groups, List<Rule> rules) {

    private static final Comparator<Rule> ORDER = Comparator.comparing(Rule::standsIn)
            .thenComparingInt(Rule::priority)
            .thenComparing(rule -> rule.match().inPort(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(rule -> rule.match().label(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(rule -> rule.cookie().value());

    /** No contents. */
    public static final SwitchRules NONE = new SwitchRules(List.of(), List.of(), List.of());

    public SwitchRules {
        meters = sorted(meters, Comparator.comparingInt(Meter::number));
        groups = sorted(groups, Comparator.comparingInt(Group::number));
        rules = sorted(rules, ORDER);
    }

    private static <T> List<T> sorted(List<T> some, Comparator<T> order) {
        if (some.size() < 2) { // most meters: nothing is copied
            return List.copyOf(some);
        }
        List<T> sorted = new ArrayList<>(some);
        sorted.sort(order);
        return List.copyOf(sorted);
    }

    public static SwitchRules of(RuleSet set) {
        return set.isEmpty() ? NONE : new SwitchRules(set.meters(), set.groups(), set.rules());
    }

    /** Returns the record with these contents. */
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
                if (action instanceof Action.ApplyMeter(int number) && number == meter.number()) {
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

    /** Returns these contents together with those of another circuit. */
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

    /**
     * Returns whether these contain each of the given rules, or one that does the same in another table: the table does
     * not matter to frames.
     */
    public boolean serveAll(List<Rule> some) {
        return some.stream().allMatch(rule -> any(rule::doesAs));
    }

    /** Returns whether others differ from these only in their tables. */
    public boolean doAs(SwitchRules others) {
        return meters.equals(others.meters)
                && groups.equals(others.groups)
                && rules.size() == others.rules.size()
                && serveAll(others.rules);
    }

    /** Returns whether others forward the same frames in the same way as these, regardless of tables and meters. */
    public boolean leadAs(SwitchRules others) {
        return rules.size() == others.rules.size() && leadAll(others);
    }

    /** Returns whether these forward all frames of others in the same way, regardless of tables and meters. */
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
                .filter(action -> !(action instanceof Action.ApplyMeter))
                .toList();
    }

    /** Returns the groups that decide where a rule's frames go: the one that it hands them to, and those that this group watches. */
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

    /** Returns the number of the circuit that a rule belongs to. */
    public static long circuitOf(Rule rule) {
        return rule.cookie().circuit();
    }
}
