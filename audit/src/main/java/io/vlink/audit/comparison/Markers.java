package io.vlink.audit.comparison;

import static io.vlink.audit.differences.Difference.DifferenceType.OTHER_SUITE;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.audit.tables.Masked;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.audit.tables.TableRule;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules with Vlink's mark that carry no traffic and only name the suite that a switch belongs to: one in all switches. */
final class Markers {

    private static final int KIND_MASK = 0xf;
    private static final int FORWARDING = 1;

    private Markers() {}

    /** Returns whether a rule is one: it is below all others and matches no frame. */
    static boolean isOne(TableRule rule) {
        int kind = (int) (rule.cookie() >>> Cookie.KIND_SHIFT) & KIND_MASK;
        return rule.isOurs()
                && kind != FORWARDING
                && rule.table() == 0
                && rule.priority() == 0
                && rule.instructions().isEmpty()
                && rule.match().metadata() != null;
    }

    static List<Difference> differences(Collection<SwitchTables> tables, DisplayNames names) {
        Map<String, TreeSet<DatapathId>> suites = new TreeMap<>();
        for (SwitchTables contents : tables) {
            for (TableRule rule : contents.rules()) {
                Masked metadata = rule.match().metadata();
                if (isOne(rule) && metadata != null) {
                    suites.computeIfAbsent("%016x".formatted(metadata.value()), first -> new TreeSet<>())
                            .add(contents.id());
                }
            }
        }
        List<Difference> found = new ArrayList<>();
        if (suites.size() > 1) {
            suites.forEach((suite, ids) -> ids.forEach(id -> found.add(new Difference(
                    OTHER_SUITE,
                    id,
                    null,
                    "%s has the mark of suite %s; the switches have marks of several suites: %s."
                            .formatted(names.of(id), suite, String.join(", ", suites.keySet()))))));
        }
        return found;
    }
}
