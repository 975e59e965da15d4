package io.vlink.flow.sample;

import io.vlink.events.DatapathId;
import io.vlink.events.Revision;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.flow.compile.SwitchRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The wanted rules of one network in Kafka, and those that its switches have. */
public abstract sealed class SwitchRecords permits Replay {

    /** The records of vlink.rules, and those that a gateway has applied to each switch. */
    public final Map<DatapathId, RuleSet> wanted = new TreeMap<>();

    public final Map<DatapathId, RuleSet> applied = new TreeMap<>();

    /** All records written since {@link Replay#dropWritten}. */
    public final List<RuleSet> written = new ArrayList<>();

    public final List<DatapathId> deleted = new ArrayList<>();

    /** Returns the switches whose last rule set is not applied yet. */
    public Set<DatapathId> pending() {
        Set<DatapathId> pending = new TreeSet<>();
        wanted.forEach((datapathId, set) -> {
            if (!set.equals(applied.get(datapathId))) {
                pending.add(datapathId);
            }
        });
        return pending;
    }

    /** Applies the last rule set to a switch, without confirmation. */
    public void apply(DatapathId datapathId) {
        applied.put(datapathId, Objects.requireNonNull(wanted.get(datapathId)));
    }

    /** Returns the letters of the nodes for which something was written since then, in order. */
    public String writtenFor() {
        StringBuilder nodes = new StringBuilder();
        written.stream()
                .map(RuleSet::datapathId)
                .distinct()
                .sorted()
                .forEach(datapathId -> nodes.append((char) ('a' + datapathId.value() - 0xa)));
        return nodes.toString();
    }

    /** Returns the record in vlink.rules. */
    public RuleSet record(char node) {
        return Objects.requireNonNull(wanted.get(Sample.dpid(node)));
    }

    public Revision wantedRevision(char node) {
        return record(node).revision();
    }

    public SwitchRules wanted(char node) {
        RuleSet set = wanted.get(Sample.dpid(node));
        return set == null ? SwitchRules.NONE : SwitchRules.of(set);
    }

    /** Returns the present switches. */
    public Fabric fabric() {
        return fabric(Set.of());
    }

    /** Returns the present switches, except that some have applied their wanted rules. */
    public Fabric fabric(Set<DatapathId> ahead) {
        Map<DatapathId, SwitchRules> contents = new HashMap<>();
        applied.forEach((datapathId, set) -> contents.put(datapathId, SwitchRules.of(set)));
        for (DatapathId datapathId : ahead) {
            contents.put(datapathId, SwitchRules.of(Objects.requireNonNull(wanted.get(datapathId))));
        }
        return Fabric.of(List.of(contents));
    }

    /** Returns the circuits of the wanted rules of this priority. */
    public List<Long> circuitsWanted(char node, int priority) {
        return wanted(node).rules().stream()
                .filter(rule -> rule.priority() == priority)
                .map(Rule::cookie)
                .map(cookie -> cookie.circuit())
                .sorted()
                .toList();
    }
}
