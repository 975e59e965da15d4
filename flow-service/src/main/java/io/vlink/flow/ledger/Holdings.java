package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
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

/** The contents of the switches, known or possible, for one network: what was written for them and reported by them. */
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

    /** Returns the switches for which something was ever written, or that ever reported something. */
    public Set<DatapathId> switches() {
        return Collections.unmodifiableSet(switches.keySet());
    }

    /** Returns the state of the last rule set for a switch. */
    public Confirmation confirmation(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? NEVER_ASKED : known.confirmation();
    }

    /** Returns the foreign rule above rules of this network in a switch; null: none was seen. */
    public @Nullable Shadow shadow(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? null : known.shadow();
    }

    /** Returns whether the wanted contents of a switch have not changed since a revision. */
    public boolean isUnchangedSince(DatapathId datapathId, Revision revision) {
        SwitchLedger known = switches.get(datapathId);
        Revision since = known == null ? null : known.contentSince();
        return since == null || since.compareTo(revision) <= 0;
    }

    /** Returns the offset in the log of a switch's last report on this network; -1: none. */
    public long heardOffset(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? -1 : known.stateOffset();
    }

    /** Returns the time of a switch's last report on this network. */
    public Instant heardAt(DatapathId datapathId) {
        SwitchLedger known = switches.get(datapathId);
        return known == null ? Instant.EPOCH : known.heardAt();
    }

    /** Returns the switches that hold, or may still hold, anything of this network. */
    public SortedSet<DatapathId> notEmpty() {
        SortedSet<DatapathId> left = new TreeSet<>();
        switches.forEach((datapathId, known) -> {
            if (!isEmpty(known)) {
                left.add(datapathId);
            }
        });
        return left;
    }

    /** Returns whether each switch confirmed that it holds nothing of this network. */
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

    /** Returns whether every switch confirmed that nothing is left of a circuit, or of an earlier circuit at its ports. */
    public boolean isRemoved(CircuitRemoval removal) {
        Circuit circuit = removal.circuit();
        for (Map.Entry<DatapathId, SwitchLedger> each : switches.entrySet()) {
            SwitchLedger known = each.getValue();
            if ((!known.isApplied() && circuit.crosses(each.getKey()))
                    || known.content().any(rule -> isLeftOf(removal, each.getKey(), rule))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLeftOf(CircuitRemoval removal, DatapathId datapathId, Rule rule) {
        long number = SwitchRules.circuitOf(rule);
        Circuit circuit = removal.circuit();
        if (removal.formerOf() == null) {
            return number == circuit.number();
        }
        return number == removal.formerOf()
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

    /** Returns the highest revision that was written for the decision of {@code revision}; {@code revision} if none is higher. */
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

    /** Returns whether anything was written for a later decision, at any stage. */
    boolean anyWrittenAfter(Revision decision) {
        for (SwitchLedger known : switches.values()) {
            RuleSet set = known.set();
            if (set != null && set.revision().isOfLaterDecision(decision)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a switch has rejected its rule set. */
    boolean anyFailed() {
        for (SwitchLedger known : switches.values()) {
            if (known.confirmation() instanceof Confirmation.Failed) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether nothing is left to track. */
    boolean areRemoved() {
        return switches.values().stream().allMatch(SwitchLedger::isRemoved);
    }
}
