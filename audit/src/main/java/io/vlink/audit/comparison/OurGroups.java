package io.vlink.audit.comparison;

import io.vlink.audit.tables.FlowAction;
import io.vlink.audit.tables.Instruction;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.audit.tables.TableGroup;
import io.vlink.audit.tables.TableRule;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Groups that are Vlink's although they are not wanted. Groups carry no mark: they are those that rules with Vlink's mark lead
 * to, directly or through groups, and that no other rule or group leads to.
 */
final class OurGroups {

    private final SwitchTables contents;

    private OurGroups(SwitchTables contents) {
        this.contents = contents;
    }

    static Set<Long> of(SwitchTables contents, Set<Long> wanted) {
        OurGroups groups = new OurGroups(contents);
        Set<Long> ours = groups.withAllBehind(groups.ledToBy(TableRule::isOurs));
        Set<Long> foreign = groups.ledToBy(rule -> !rule.isOurs());
        for (long number : contents.groups().keySet()) {
            if (!wanted.contains(number) && !ours.contains(number)) {
                foreign.add(number);
            }
        }
        ours.removeAll(groups.withAllBehind(foreign));
        ours.removeAll(wanted);
        return ours;
    }

    private Set<Long> ledToBy(Predicate<TableRule> these) {
        Set<Long> numbers = new HashSet<>();
        for (TableRule rule : contents.rules()) {
            if (these.test(rule)) {
                rule.instructions().forEach(instruction -> numbers.addAll(ledTo(instruction)));
            }
        }
        return numbers;
    }

    /** Returns the given groups and all groups that they watch or lead to, directly or through others. */
    private Set<Long> withAllBehind(Set<Long> numbers) {
        Set<Long> all = new HashSet<>(numbers);
        Queue<Long> open = new ArrayDeque<>(numbers);
        while (!open.isEmpty()) {
            TableGroup group = contents.groups().get(open.remove());
            if (group != null) {
                behind(group).stream().filter(all::add).forEach(open::add);
            }
        }
        return all;
    }

    private static Set<Long> behind(TableGroup group) {
        Set<Long> numbers = new HashSet<>();
        for (TableGroup.GroupBucket bucket : group.buckets()) {
            numbers.addAll(ledTo(bucket.actions()));
            if (bucket.watchGroup() != null) {
                numbers.add(bucket.watchGroup());
            }
        }
        return numbers;
    }

    private static List<Long> ledTo(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Apply apply -> ledTo(apply.actions());
            case Instruction.Write write -> ledTo(write.actions());
            default -> List.of();
        };
    }

    private static List<Long> ledTo(List<FlowAction> actions) {
        return actions.stream()
                .filter(FlowAction.GroupAction.class::isInstance)
                .map(action -> ((FlowAction.GroupAction) action).group())
                .toList();
    }
}
