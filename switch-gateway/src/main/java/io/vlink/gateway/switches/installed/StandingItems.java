package io.vlink.gateway.switches.installed;

import io.vlink.events.Owner;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.Numbered;
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
 * The meters, or the groups, known to be in one switch, each with its owner. They carry no mark: the owner is the one
 * that wants the number. References to them are counted, to ensure that nothing refers to a removed item.
 *
 * @param <T> meter or group
 */
final class StandingItems<T extends Numbered> {

    private final LongFunction<@Nullable Owner> wantedBy;
    private final Function<InstalledRule, List<Long>> ofRule;
    private final Function<T, List<Long>> ofItem;
    private final Map<Long, OwnedItem<T>> items = new LinkedHashMap<>();
    private final Map<Owner, Set<Long>> numbersOf = new HashMap<>();
    /** Items that others have altered since they were written. */
    private final Set<Long> altered = new HashSet<>();

    private final Strays strays = new Strays();
    private final Uses uses = new Uses();
    /** The number of items, of any owner, that refer to each item. */
    private final Map<Long, Integer> ledTo = new HashMap<>();

    /** An installed item and its owner; null if it is not wanted. */
    private record OwnedItem<T>(T item, @Nullable Owner owner) {}

    /**
     * Creates an empty set.
     *
     * @param wantedBy returns the owner that wants a number; null if none does
     * @param ofRule returns the items that a rule refers to
     * @param ofItem returns the items that another item refers to
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
     * Applies the first read, before any rule.
     *
     * @param known the items that were Vlink's at an earlier read of the same session; null after a takeover, when any
     *     item may be Vlink's. Within a session, an item may be seen after others added it and before they add the rule
     *     that uses it
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

    /** Counts the references of rules to each item, and of items that these rules refer to. */
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
            OwnedItem<T> standing = items.get(open.remove());
            if (standing != null) {
                ofItem.apply(standing.item()).forEach(use::accept);
            }
        }
        return used;
    }

    int size() {
        return items.size();
    }

    /** Returns whether an item is installed and Vlink's. */
    boolean hasOwn(long number) {
        OwnedItem<T> standing = items.get(number);
        return (standing != null && standing.owner() != null) || strays.has(number);
    }

    /** Returns Vlink's items: those with an owner, and those that are no longer wanted. */
    Set<Long> ours() {
        Set<Long> ours = new HashSet<>(strays.all());
        numbersOf.values().forEach(ours::addAll);
        return ours;
    }

    /** Notes that a rule was installed, replacing another one or none. */
    void ruleStands(InstalledRule rule, @Nullable InstalledRule before, boolean owned) {
        List<Long> numbers = ofRule.apply(rule);
        uses.more(numbers);
        if (before != null) {
            uses.less(ofRule.apply(before));
        }
        if (owned) {
            strays.used(rule.key(), numbers);
        }
    }

    /** Notes that a rule was removed. */
    void ruleRemoved(InstalledRule rule) {
        uses.less(ofRule.apply(rule));
        strays.unused(rule.key());
    }

    /**
     * Assigns an item to the owner that wants its number, even if it had another owner. Returns the installed item;
     * null if there is none.
     */
    @Nullable T claim(long number, Owner owner) {
        strays.lose(number);
        OwnedItem<T> standing = items.get(number);
        if (standing == null) {
            return null;
        }
        if (!owner.equals(standing.owner())) {
            put(standing.item(), owner);
        }
        return standing.item();
    }

    /** Notes that an item was written as its owner wants it. */
    void written(T item, Owner owner) {
        altered.remove(item.number());
        put(item, owner);
    }

    /** Returns whether others have altered the item. */
    boolean isAltered(long number) {
        return !altered.isEmpty() && altered.contains(number);
    }

    private void put(T item, @Nullable Owner owner) {
        long number = item.number();
        itemLeads(item);
        OwnedItem<T> before = items.put(number, new OwnedItem<>(item, owner));
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
        OwnedItem<T> before = items.remove(number);
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
     * Returns an owner's items that are no longer wanted.
     *
     * @param used whether to return those that are still referred to, or those that are not
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

    /** Sorts items before those that they refer to. */
    private List<Long> usersFirst(List<Long> numbers) {
        if (numbers.size() > 1) {
            Set<Long> used = new HashSet<>();
            for (long number : numbers) {
                OwnedItem<T> standing = items.get(number);
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

    /** Returns the strays that can be removed now. */
    List<Long> removable() {
        return strays.removable(
                number -> wantedBy.apply(number) != null || uses.has(number) || ledTo.containsKey(number));
    }

    /** Returns the owners of unwanted items whose last reference was removed since the last call. */
    List<Owner> takeFreed() {
        List<Owner> freed = new ArrayList<>();
        for (long number : uses.takeFreed()) {
            OwnedItem<T> standing = items.get(number);
            if (standing != null && standing.owner() != null && wantedBy.apply(number) == null) {
                freed.add(standing.owner());
            }
        }
        return freed;
    }

    /**
     * Applies a later read.
     *
     * @param since returns whether an item was written during the read; the read is ignored for these
     * @param harmed receives the owners that lost an item, or of which one was altered
     */
    void take(List<T> found, List<InstalledRule> rules, LongPredicate since, Set<Owner> harmed) {
        int unseen = items.size();
        for (T item : found) {
            long number = item.number();
            OwnedItem<T> known = items.get(number);
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

    /** Drops strays that others have started to use. */
    private void leaveToOthers(List<T> found, List<InstalledRule> rules) {
        Map<Long, Long> used = usesBy(rules);
        for (T item : found) {
            if (strays.has(item.number()) && !item.mayBeOurs(used.getOrDefault(item.number(), 0L))) {
                strays.lose(item.number());
            }
        }
    }
}
