package io.vlink.gateway.switches;

import io.vlink.events.Owner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The meters, or the groups, that are known to be in one switch, each with the owner that it stands there for. They carry no mark:
 * whose one is follows from who wants it. What leads to them is counted, so that nothing ever leads to what is gone.
 *
 * @param <T> which of both
 */
final class StandingItems<T extends Numbered> {

    private final LongFunction<@Nullable Owner> wantedBy;
    private final Function<InstalledRule, List<Long>> ofRule;
    private final Function<T, List<Long>> ofItem;
    private final Map<Long, Standing<T>> items = new LinkedHashMap<>();
    private final Map<Owner, Set<Long>> numbersOf = new HashMap<>();
    /** Those that somebody else made another of since they were written. */
    private final Set<Long> altered = new HashSet<>();

    private final Strays strays = new Strays();
    private final Uses uses = new Uses();
    /** How many of them lead to each, whosever they are. */
    private final Map<Long, Integer> ledTo = new HashMap<>();

    /** One, and the owner that it stands there for; of what nobody wants: none. */
    private record Standing<T>(T item, @Nullable Owner owner) {}

    /**
     * Makes one that knows none.
     *
     * @param wantedBy who wants one with a number; null: nobody
     * @param ofRule to which of them a rule leads
     * @param ofItem to which of them another of them leads
     */
    StandingItems(
            LongFunction<@Nullable Owner> wantedBy,
            Function<InstalledRule, List<Long>> ofRule,
            Function<T, List<Long>> ofItem) {
        this.wantedBy = wantedBy;
        this.ofRule = ofRule;
        this.ofItem = ofItem;
    }

    /**
     * Takes in what was read, before any rule.
     *
     * @param known those that were ours when the switch was read before, in the same session; null: it is taken over, and each
     *     may be ours. Later one may be seen between the two messages in which somebody else adds it and the rule that uses it
     */
    void read(List<T> found, List<InstalledRule> rules, @Nullable Set<Long> known) {
        found.forEach(item -> put(item, wantedBy.apply(item.number())));
        Map<Long, Long> used = usesBy(rules);
        for (T item : found) {
            long number = item.number();
            long uses = used.getOrDefault(number, 0L);
            if (wantedBy.apply(number) == null
                    && (known == null ? uses > 0 || item.mayBeOursUnused() : known.contains(number))
                    && item.mayBeOurs(uses)) {
                strays.add(number);
            }
        }
    }

    /** How often rules lead to each, and items that these lead to. */
    private Map<Long, Long> usesBy(List<InstalledRule> rules) {
        Map<Long, Long> used = new HashMap<>();
        Queue<Long> open = new ArrayDeque<>();
        LongConsumer use = number -> {
            if (used.merge(number, 1L, Long::sum) == 1) {
                open.add(number);
            }
        };
        for (InstalledRule rule : rules) {
            ofRule.apply(rule).forEach(use::accept);
        }
        while (!open.isEmpty()) {
            Standing<T> standing = items.get(open.remove());
            if (standing != null) {
                ofItem.apply(standing.item()).forEach(use::accept);
            }
        }
        return used;
    }

    int size() {
        return items.size();
    }

    /** Whether one is there, and ours. */
    boolean hasOwn(long number) {
        Standing<T> standing = items.get(number);
        return (standing != null && standing.owner() != null) || strays.has(number);
    }

    /** Those that are ours: that an owner has, or that nobody wants any more. */
    Set<Long> ours() {
        Set<Long> ours = new HashSet<>(strays.all());
        numbersOf.values().forEach(ours::addAll);
        return ours;
    }

    /** A rule stands there now, in the place of another or of none. */
    void ruleStands(InstalledRule rule, @Nullable InstalledRule before, boolean owned) {
        List<Long> numbers = ofRule.apply(rule);
        uses.more(numbers);
        if (before != null) {
            uses.less(ofRule.apply(before));
        }
        if (owned) {
            strays.used(rule.slot(), numbers);
        }
    }

    /** It stands there no more. */
    void ruleGone(InstalledRule rule) {
        uses.less(ofRule.apply(rule));
        strays.unused(rule.slot());
    }

    /** The owner wants this one. What stands under its number is the owner's from now on, no matter whose it was. */
    @Nullable T claim(long number, Owner owner) {
        strays.lose(number);
        Standing<T> standing = items.get(number);
        if (standing == null) {
            return null;
        }
        if (!owner.equals(standing.owner())) {
            put(standing.item(), owner);
        }
        return standing.item();
    }

    /** It was written, as the owner wants it. */
    void written(T item, Owner owner) {
        altered.remove(item.number());
        put(item, owner);
    }

    /** Whether it is not known any more what it does. */
    boolean isAltered(long number) {
        return !altered.isEmpty() && altered.contains(number);
    }

    private void put(T item, @Nullable Owner owner) {
        long number = item.number();
        itemLeads(item);
        Standing<T> before = items.put(number, new Standing<>(item, owner));
        if (before != null) {
            itemLeadsNoMore(before.item());
            if (Objects.equals(before.owner(), owner)) {
                return;
            }
            disown(before.owner(), number);
        }
        if (owner != null) {
            numbersOf.computeIfAbsent(owner, n -> new HashSet<>()).add(number);
        }
    }

    void lose(long number) {
        strays.lose(number);
        altered.remove(number);
        Standing<T> before = items.remove(number);
        if (before != null) {
            itemLeadsNoMore(before.item());
            disown(before.owner(), number);
        }
    }

    private void itemLeads(T item) {
        List<Long> numbers = ofItem.apply(item);
        uses.more(numbers);
        numbers.forEach(number -> ledTo.merge(number, 1, Integer::sum));
    }

    private void itemLeadsNoMore(T item) {
        List<Long> numbers = ofItem.apply(item);
        uses.less(numbers);
        numbers.forEach(number -> ledTo.computeIfPresent(number, (same, count) -> count == 1 ? null : count - 1));
    }

    private void disown(@Nullable Owner owner, long number) {
        Set<Long> numbers = owner == null ? null : numbersOf.get(owner);
        if (owner != null && numbers != null && numbers.remove(number) && numbers.isEmpty()) {
            numbersOf.remove(owner);
        }
    }

    /**
     * Those that stand there for an owner, and that nobody wants any more.
     *
     * @param used whether something still leads to them, or nothing does
     */
    List<Long> unwanted(Owner owner, boolean used) {
        Set<Long> numbers = numbersOf.get(owner);
        if (numbers == null) {
            return List.of();
        }
        List<Long> unwanted = new ArrayList<>();
        for (long number : numbers) {
            if (wantedBy.apply(number) == null && uses.has(number) == used) {
                unwanted.add(number);
            }
        }
        return usersFirst(unwanted);
    }

    /** What leads to others goes before those. */
    private List<Long> usersFirst(List<Long> numbers) {
        if (numbers.size() > 1) {
            Set<Long> used = new HashSet<>();
            for (long number : numbers) {
                Standing<T> standing = items.get(number);
                if (standing != null) {
                    used.addAll(ofItem.apply(standing.item()));
                }
            }
            numbers.sort(Comparator.comparing(used::contains));
        }
        return numbers;
    }

    boolean hasStrays() {
        return !strays.isEmpty();
    }

    /** Strays that can go now. */
    List<Long> removable() {
        return strays.removable(
                number -> wantedBy.apply(number) != null || uses.has(number) || ledTo.containsKey(number));
    }

    /** Owners that may let go of one, as the last user has left it since this was asked before. */
    List<Owner> takeFreed() {
        List<Owner> freed = new ArrayList<>();
        for (long number : uses.takeFreed()) {
            Standing<T> standing = items.get(number);
            if (standing != null && standing.owner() != null && wantedBy.apply(number) == null) {
                freed.add(standing.owner());
            }
        }
        return freed;
    }

    /**
     * Takes in what a later read found.
     *
     * @param since whether one was written while it was read: of these the read says nothing
     * @param harmed takes the owners that lost one, or have another one than they want
     */
    void take(List<T> found, List<InstalledRule> rules, LongPredicate since, Set<Owner> harmed) {
        int unseen = items.size();
        for (T item : found) {
            long number = item.number();
            Standing<T> known = items.get(number);
            unseen -= known == null ? 0 : 1;
            if (!since.test(number)) {
                Owner wanting = wantedBy.apply(number);
                Owner owner = wanting == null && known != null ? known.owner() : wanting;
                put(item, owner);
                if (known != null && !known.item().settings().equals(item.settings())) {
                    altered.add(number);
                    if (owner != null) {
                        harmed.add(owner);
                    }
                }
            }
        }
        if (unseen > 0) {
            Set<Long> lost = new HashSet<>(items.keySet());
            found.forEach(item -> lost.remove(item.number()));
            lost.removeIf(since::test);
            for (long number : lost) {
                Owner owner = wantedBy.apply(number);
                if (owner != null) {
                    harmed.add(owner);
                }
                lose(number);
            }
        }
        if (!strays.isEmpty()) {
            leaveToOthers(found, rules);
        }
    }

    /** A stray that somebody else uses by now is theirs. */
    private void leaveToOthers(List<T> found, List<InstalledRule> rules) {
        Map<Long, Long> used = usesBy(rules);
        for (T item : found) {
            if (strays.has(item.number()) && !item.mayBeOurs(used.getOrDefault(item.number(), 0L))) {
                strays.lose(item.number());
            }
        }
    }
}
