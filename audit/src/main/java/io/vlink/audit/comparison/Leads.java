package io.vlink.audit.comparison;

import io.vlink.audit.tables.FlowMatch;
import io.vlink.audit.tables.Instruction;
import io.vlink.audit.tables.TableRule;
import io.vlink.events.Cookie;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules with Vlink's mark that lead frames to the rules of networks behind the first table: one for all, or, where it would get
 * in the way of foreign rules, one for each. Implemented independently of the services, as {@link Rules} is.
 */
final class Leads {

    private static final int KIND_SHIFT = Cookie.KIND_SHIFT;
    private static final long KIND_MASK = 0xfL << KIND_SHIFT;
    private static final long GATEWAY = 3L << KIND_SHIFT;
    private static final long FOR_ALL = Cookie.ours() | GATEWAY;
    private static final FlowMatch ANY_FRAME = new FlowMatch(null, null, null, null, List.of());
    private static final List<Instruction> ON = List.of(new Instruction.GotoTable(2));
    private static final TableRule FROM_THE_FIRST = new TableRule(0, 99, FOR_ALL, ANY_FRAME, ON, "");
    private static final TableRule FROM_CONTROL = new TableRule(1, 0, FOR_ALL, ANY_FRAME, ON, "");

    private final Set<TableRule> standing;
    private final Set<TableRule> wanted = new HashSet<>();

    Leads(List<TableRule> standing) {
        this.standing = new HashSet<>(standing);
    }

    /** Adds a wanted rule; returns the missing rules without which frames do not reach it. */
    List<TableRule> lacking(TableRule to) {
        List<TableRule> lacking = new ArrayList<>(1);
        if (to.table() > 0) {
            TableRule lead = to(to);
            wanted.add(lead);
            if (!standing.contains(FROM_THE_FIRST) && !standing.contains(lead)) {
                lacking.add(lead);
            }
        }
        return lacking;
    }

    /** Returns whether a rule belongs there although no network wants it. Call it after all wanted rules were added. */
    boolean mayStand(TableRule rule) {
        return rule.equals(FROM_THE_FIRST) || rule.equals(FROM_CONTROL) || wanted.contains(rule);
    }

    private static TableRule to(TableRule to) {
        return new TableRule(0, to.priority(), (to.cookie() & ~KIND_MASK) | GATEWAY, to.match(), ON, "");
    }
}
