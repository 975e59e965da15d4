package io.vlink.audit.comparison;

import static io.vlink.audit.Difference.Kind.HeldTwice;
import static io.vlink.audit.Difference.Kind.MeterDiffers;
import static io.vlink.audit.Difference.Kind.MeterExtra;
import static io.vlink.audit.Difference.Kind.MeterMissing;
import static io.vlink.audit.Difference.Kind.RuleDiffers;
import static io.vlink.audit.Difference.Kind.RuleExtra;
import static io.vlink.audit.Difference.Kind.RuleMissing;

import io.vlink.audit.Difference;
import io.vlink.audit.tables.Instruction;
import io.vlink.audit.tables.Names;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.audit.tables.TableMeter;
import io.vlink.audit.tables.TableRule;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Whether what stands in one switch is what is wanted there: rules with our mark, and meters. */
final class Installed {

    private record WantedRule(NetworkId network, TableRule rule) {}

    private record WantedMeter(NetworkId network, Meter meter) {}

    private final SwitchTables contents;
    private final DatapathId id;
    private final Names names;
    private final LongFunction<@Nullable NetworkId> byCircuit;
    private final Map<String, WantedRule> rules = new HashMap<>();
    private final Map<Long, WantedMeter> meters = new HashMap<>();
    private final List<Difference> found = new ArrayList<>();

    /** @param byCircuit whose circuit has a number; null: nobody's */
    private Installed(
            SwitchTables contents, List<RuleSet> sets, Names names, LongFunction<@Nullable NetworkId> byCircuit) {
        this.contents = contents;
        this.id = contents.id();
        this.names = names;
        this.byCircuit = byCircuit;
        sets.forEach(this::take);
    }

    static List<Difference> differences(
            SwitchTables contents, List<RuleSet> sets, Names names, LongFunction<@Nullable NetworkId> byCircuit) {
        Installed installed = new Installed(contents, sets, names, byCircuit);
        installed.compareRules();
        installed.compareMeters();
        return installed.found;
    }

    private void take(RuleSet set) {
        for (Rule rule : set.rules()) {
            WantedRule one = new WantedRule(set.network(), Rules.of(rule));
            WantedRule other = rules.putIfAbsent(one.rule().place(), one);
            if (other != null && !other.network().equals(one.network())) {
                say(
                        HeldTwice,
                        null,
                        "The rule %s is wanted by %s and by %s, in"
                                .formatted(one.rule().place(), other.network(), one.network()));
            }
        }
        set.meters().forEach(meter -> meters.put((long) meter.number(), new WantedMeter(set.network(), meter)));
    }

    private void compareRules() {
        Map<String, TableRule> actual = new HashMap<>();
        for (TableRule rule : contents.rules()) {
            actual.put(rule.place(), rule);
            if (rule.isOurs() && !rules.containsKey(rule.place()) && !Markers.isOne(rule)) {
                extra(rule);
            }
        }
        rules.forEach((place, wanted) -> {
            TableRule stands = actual.get(place);
            if (stands == null) {
                say(
                        RuleMissing,
                        wanted.network(),
                        "The rule %s is not in".formatted(wanted.rule().text()));
            } else if (!stands.equals(wanted.rule())) {
                say(
                        RuleDiffers,
                        wanted.network(),
                        "There is %s where %s is wanted, in"
                                .formatted(stands.text(), wanted.rule().text()));
            }
        });
    }

    private void extra(TableRule rule) {
        long circuit = new Cookie(rule.cookie()).circuit();
        NetworkId network = byCircuit.apply(circuit);
        String whose = network == null ? "of circuit %d, which is gone,".formatted(circuit) : "of circuit " + circuit;
        say(RuleExtra, network, "The rule %s %s is wanted by nobody, but stands in".formatted(rule.text(), whose));
    }

    private void compareMeters() {
        Map<Long, TableMeter> actual = new HashMap<>();
        contents.meters().forEach(meter -> actual.put(meter.number(), meter));
        Set<Long> foreign = new HashSet<>();
        for (TableRule rule : contents.rules()) {
            for (Instruction instruction : rule.instructions()) {
                if (!rule.isOurs() && instruction instanceof Instruction.ThroughMeter(long meter)) {
                    foreign.add(meter);
                }
            }
        }
        actual.forEach((number, meter) -> {
            if (!meters.containsKey(number) && !foreign.contains(number)) {
                say(
                        MeterExtra,
                        null,
                        "Meter %d (%s) is wanted by nobody and used by no foreign rule, but stands in"
                                .formatted(number, meter.settings()));
            }
        });
        meters.forEach((number, wanted) -> {
            TableMeter stands = actual.get(number);
            String settings = TableMeter.settings(wanted.meter());
            if (stands == null) {
                say(MeterMissing, wanted.network(), "Meter %d (%s) is not in".formatted(number, settings));
            } else if (!stands.settings().equals(settings)) {
                say(
                        MeterDiffers,
                        wanted.network(),
                        "Meter %d is %s where %s is wanted, in".formatted(number, stands.settings(), settings));
            }
        });
    }

    private void say(Difference.Kind kind, @Nullable NetworkId network, String what) {
        found.add(new Difference(kind, id, network, "%s %s.".formatted(what, names.of(id))));
    }
}
