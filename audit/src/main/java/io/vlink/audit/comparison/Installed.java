package io.vlink.audit.comparison;

import static io.vlink.audit.differences.Difference.DifferenceType.GROUP_DIFFERS;
import static io.vlink.audit.differences.Difference.DifferenceType.GROUP_EXTRA;
import static io.vlink.audit.differences.Difference.DifferenceType.GROUP_MISSING;
import static io.vlink.audit.differences.Difference.DifferenceType.HELD_TWICE;
import static io.vlink.audit.differences.Difference.DifferenceType.METER_DIFFERS;
import static io.vlink.audit.differences.Difference.DifferenceType.METER_EXTRA;
import static io.vlink.audit.differences.Difference.DifferenceType.METER_MISSING;
import static io.vlink.audit.differences.Difference.DifferenceType.NOT_AS_DECIDED;
import static io.vlink.audit.differences.Difference.DifferenceType.RULE_DIFFERS;
import static io.vlink.audit.differences.Difference.DifferenceType.RULE_EXTRA;
import static io.vlink.audit.differences.Difference.DifferenceType.RULE_MISSING;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.audit.tables.FlowMatch;
import io.vlink.audit.tables.Instruction;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.audit.tables.TableGroup;
import io.vlink.audit.tables.TableMeter;
import io.vlink.audit.tables.TableRule;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Compares the rules with Vlink's mark, meters and groups in one switch with those that are wanted there. */
final class Installed {

    private record WantedRule(Owner owner, TableRule rule) {}

    /** A priority and match. It belongs to one owner in all tables. */
    private record PriorityMatch(int priority, FlowMatch match) {}

    private record WantedGroup(Owner owner, TableGroup group) {}

    private record WantedMeter(Owner owner, Meter meter) {}

    private final SwitchTables contents;
    private final DatapathId id;
    private final DisplayNames names;
    private final LongFunction<@Nullable NetworkId> byCircuit;
    private final Map<String, WantedRule> rules = new HashMap<>();
    private final Map<PriorityMatch, Owner> places = new HashMap<>();
    private final Map<Long, WantedMeter> meters = new HashMap<>();
    private final Map<Long, WantedGroup> groups = new HashMap<>();
    private final List<Difference> found = new ArrayList<>();

    /** @param byCircuit returns the network of the circuit with the given number; null: none */
    private Installed(
            SwitchTables contents,
            List<RuleSet> sets,
            DisplayNames names,
            LongFunction<@Nullable NetworkId> byCircuit) {
        this.contents = contents;
        this.id = contents.id();
        this.names = names;
        this.byCircuit = byCircuit;
        sets.stream().sorted(Comparator.comparing(RuleSet::key)).forEach(this::take); // the same messages each time
        rules.values().forEach(this::checkMeter);
    }

    static List<Difference> differences(
            SwitchTables contents,
            List<RuleSet> sets,
            DisplayNames names,
            LongFunction<@Nullable NetworkId> byCircuit) {
        Installed installed = new Installed(contents, sets, names, byCircuit);
        installed.compareRules();
        installed.compareMeters();
        installed.compareGroups();
        return installed.found;
    }

    private void take(RuleSet set) {
        for (Rule rule : set.rules()) {
            WantedRule one = new WantedRule(set.owner(), Rules.of(rule));
            rules.putIfAbsent(one.rule().place(), one);
            Owner other = places.putIfAbsent(
                    new PriorityMatch(one.rule().priority(), one.rule().match()), one.owner());
            if (other != null && !other.equals(one.owner())) {
                say(
                        HELD_TWICE,
                        null,
                        "The rule %s is wanted by both %s and %s, in"
                                .formatted(one.rule().place(), other, one.owner()));
            }
        }
        set.groups().forEach(group -> groups.put((long) group.number(), new WantedGroup(set.owner(), Rules.of(group))));
        set.meters().forEach(meter -> meters.put((long) meter.number(), new WantedMeter(set.owner(), meter)));
    }

    /** A rule may use its own owner's meters and those of links, which must be wanted there. */
    private void checkMeter(WantedRule wanted) {
        for (Instruction instruction : wanted.rule().instructions()) {
            if (instruction instanceof Instruction.ThroughMeter(long number)) {
                WantedMeter meter = meters.get(number);
                if (meter == null && Rules.isLinkMeter(number)) {
                    say(
                            NOT_AS_DECIDED,
                            wanted.owner(),
                            "The rule %s uses meter %d, which is not wanted for any link, in"
                                    .formatted(wanted.rule().text(), number));
                } else if (meter != null
                        && !Rules.isLinkMeter(number)
                        && !meter.owner().equals(wanted.owner())) {
                    say(
                            HELD_TWICE,
                            wanted.owner(),
                            "The rule %s uses meter %d, which belongs to %s, in"
                                    .formatted(wanted.rule().text(), number, meter.owner()));
                }
            }
        }
    }

    private void compareRules() {
        Leads leads = new Leads(contents.rules());
        rules.values().forEach(wanted -> leads.lacking(wanted.rule())
                .forEach(lead -> say(
                        RULE_MISSING,
                        wanted.owner(),
                        "The rule %s, which leads frames to %s, is missing in"
                                .formatted(lead.text(), wanted.rule().place()))));
        Map<String, TableRule> actual = new HashMap<>();
        for (TableRule rule : contents.rules()) {
            actual.put(rule.place(), rule);
            if (rule.isOurs() && !rules.containsKey(rule.place()) && !Markers.isOne(rule) && !leads.mayStand(rule)) {
                extra(rule);
            }
        }
        rules.forEach((place, wanted) -> {
            TableRule stands = actual.get(place);
            if (stands == null) {
                say(
                        RULE_MISSING,
                        wanted.owner(),
                        "The rule %s is missing in".formatted(wanted.rule().text()));
            } else if (!stands.equals(wanted.rule())) {
                say(
                        RULE_DIFFERS,
                        wanted.owner(),
                        "Found rule %s instead of %s, in"
                                .formatted(stands.text(), wanted.rule().text()));
            }
        });
    }

    private void extra(TableRule rule) {
        long circuit = new Cookie(rule.cookie()).circuit();
        NetworkId network = byCircuit.apply(circuit);
        String whose = network == null ? "of circuit %d, which is gone,".formatted(circuit) : "of circuit " + circuit;
        say(RULE_EXTRA, network, "The rule %s %s is not wanted but is installed in".formatted(rule.text(), whose));
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
                        METER_EXTRA,
                        null,
                        "Meter %d (%s) is not wanted and no foreign rule uses it, but it is installed in"
                                .formatted(number, meter.settings()));
            }
        });
        meters.forEach((number, wanted) -> {
            TableMeter stands = actual.get(number);
            String settings = TableMeter.settings(wanted.meter());
            if (stands == null) {
                say(METER_MISSING, wanted.owner(), "Meter %d (%s) is missing in".formatted(number, settings));
            } else if (!stands.settings().equals(settings)) {
                say(
                        METER_DIFFERS,
                        wanted.owner(),
                        "Meter %d has the settings %s instead of %s, in"
                                .formatted(number, stands.settings(), settings));
            }
        });
    }

    private void compareGroups() {
        Set<Long> ours = OurGroups.of(contents, groups.keySet());
        contents.groups().forEach((number, group) -> {
            if (ours.contains(number)) {
                say(
                        GROUP_EXTRA,
                        null,
                        "The group %s is not wanted and only rules with Vlink's mark use it, but it is installed in"
                                .formatted(group.text()));
            }
        });
        groups.forEach((number, wanted) -> {
            TableGroup stands = contents.groups().get(number);
            if (stands == null) {
                say(
                        GROUP_MISSING,
                        wanted.owner(),
                        "The group %s is missing in".formatted(wanted.group().text()));
            } else if (!stands.equals(wanted.group())) {
                say(
                        GROUP_DIFFERS,
                        wanted.owner(),
                        "Found group %s instead of %s, in"
                                .formatted(stands.text(), wanted.group().text()));
            }
            for (TableGroup.GroupBucket bucket : wanted.group().buckets()) {
                if (bucket.watchGroup() != null && !groups.containsKey(bucket.watchGroup())) {
                    say(
                            NOT_AS_DECIDED,
                            wanted.owner(),
                            "Group %d watches group %d, which is not wanted, in"
                                    .formatted(number, bucket.watchGroup()));
                }
            }
        });
    }

    private void say(Difference.DifferenceType kind, @Nullable Owner owner, String what) {
        found.add(new Difference(kind, id, owner, "%s %s.".formatted(what, names.of(id))));
    }
}
