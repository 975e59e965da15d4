package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Retiring;
import io.vlink.events.paths.Side;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Shadow;
import io.vlink.flow.compile.SwitchRules;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the switches hold of one network, or may hold, as far as was written for them and heard of them. */
public final class Holdings {

    private static final Confirmation NEVER_ASKED = new Confirmation.Applied();

    private final Map<DatapathId, SwitchLedger> switches = new TreeMap<>();

    Holdings() {}

    SwitchLedger of(DatapathId datapathId) {
        return switches.computeIfAbsent(datapathId, d -> new SwitchLedger());
    }

    @Nullable SwitchLedger known(DatapathId datapathId) {
        return switches.get(datapathId);
    }

    void forEach(BiConsumer<DatapathId, SwitchLedger> action) {
        switches.forEach(action);
    }

    /** Switches that something was ever written for, or heard of. */
    public Set<DatapathId> switches() {
        return Collections.unmodifiableSet(switches.keySet());
    }

    /** What a switch made of what was last written for it. */
    public Confirmation confirmation(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? NEVER_ASKED : known.confirmation();
    }

    /** What stands over rules of this network in a switch; null: nothing that was seen. */
    public @Nullable Shadow shadow(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? null : known.shadow();
    }

    /** Whether what a switch is to hold has not changed since a revision. */
    public boolean isUnchangedSince(DatapathId datapathId, Revision revision) {
        SwitchLedger known = switches.get(datapathId);
        Revision since = known == null ? null : known.contentSince();
        return since == null || since.compareTo(revision) <= 0;
    }

    /** The place in the log of the last thing that a switch said of this network; -1: nothing. */
    public long heardOffset(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? -1 : known.stateOffset();
    }

    /** When a switch last said something of this network. */
    public Instant heardAt(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? Instant.EPOCH : known.heardAt();
    }

    /** Switches that still hold, or may still hold, anything of this network. */
    public SortedSet<DatapathId> notEmpty() {
        SortedSet<DatapathId> left = new TreeSet<>();
        switches.forEach((datapathId, known) -> {
            if (!isEmpty(known)) {
                left.add(datapathId);
            }
        });
        return left;
    }

    /** Whether each switch confirmed that it holds nothing of this network. */
    public boolean areEmpty() {
        for (SwitchLedger known : switches.values()) {
            if (!isEmpty(known)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmpty(SwitchLedger known) {
        return known.content().isEmpty() && known.isApplied();
    }

    /** Whether every switch confirmed that nothing is left of a circuit, or of what another had at its ports before. */
    public boolean isGone(Retiring retiring) {
        Circuit circuit = retiring.circuit();
        for (Map.Entry<DatapathId, SwitchLedger> each : switches.entrySet()) {
            SwitchLedger known = each.getValue();
            if ((!known.isApplied() && circuit.crosses(each.getKey()))
                    || known.content().any(rule -> isLeftOf(retiring, each.getKey(), rule))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLeftOf(Retiring retiring, DatapathId datapathId, Rule rule) {
        long number = SwitchRules.circuitOf(rule);
        Circuit circuit = retiring.circuit();
        if (retiring.formerOf() == null) {
            return number == circuit.number();
        }
        return number == retiring.formerOf()
                && circuit.sides().stream()
                        .anyMatch(side -> side.hop().datapathId().equals(datapathId) && isAt(side, rule));
    }

    private static boolean isAt(Side side, Rule rule) {
        return side.sending()
                ? rule.actions().stream()
                        .anyMatch(
                                action -> action instanceof Action.Output(PortNumber port) && port.equals(side.port()))
                : rule.match() instanceof Match.AtPort at && at.inPort().equals(side.port());
    }

    /** The highest revision that anything was written at for the decision of a revision; that one, where nothing is higher. */
    public Revision highest(Revision revision) {
        Revision highest = revision;
        for (SwitchLedger known : switches.values()) {
            RuleSet set = known.set();
            if (set != null
                    && set.revision().sameDecision(revision)
                    && set.revision().compareTo(highest) > 0) {
                highest = set.revision();
            }
        }
        return highest;
    }

    /** Whether anything was written for a later decision, at whatever stage. */
    boolean anyWrittenAfter(Revision decision) {
        for (SwitchLedger known : switches.values()) {
            RuleSet set = known.set();
            if (set != null && set.revision().isOfLaterDecision(decision)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a switch has refused what was written for it. */
    boolean anyFailed() {
        for (SwitchLedger known : switches.values()) {
            if (known.confirmation() instanceof Confirmation.Failed) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing is left to keep books of. */
    boolean areGone() {
        return switches.values().stream().allMatch(SwitchLedger::isGone);
    }
}
