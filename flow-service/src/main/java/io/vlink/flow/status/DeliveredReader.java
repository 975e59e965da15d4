package io.vlink.flow.status;

import io.vlink.events.DatapathId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.services.Absence;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.flow.ledger.Confirmation;
import io.vlink.flow.ledger.Holdings;
import io.vlink.flow.ledger.NetworkLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates the {@link Delivered} of a network from its ledger. Times come from records, never from a clock. */
final class DeliveredReader {

    private final NetworkLedger ledger;
    private final Holdings holdings;
    private final PathDecision decision;
    private final List<Circuit> circuits;
    private final Switches switches;
    private final @Nullable NetworkStatus previous;

    private DeliveredReader(
            NetworkLedger ledger, PathDecision decision, Switches switches, @Nullable NetworkStatus previous) {
        this.ledger = ledger;
        this.holdings = ledger.holdings();
        this.decision = decision;
        this.circuits = decision.circuits();
        this.switches = switches;
        this.previous = previous;
    }

    /**
     * Returns what is delivered now.
     *
     * @param decision the ledger's decision
     */
    static Delivered read(
            NetworkLedger ledger, PathDecision decision, Switches switches, @Nullable NetworkStatus previous) {
        return new DeliveredReader(ledger, decision, switches, previous).read();
    }

    private Delivered read() {
        Circuit current = decision.current();
        Set<DatapathId> reserved = current == null ? Set.of() : current.datapathIds();
        Set<DatapathId> named = named(reserved);
        Set<DatapathId> crossed = current != null && current.installable() ? reserved : Set.of();
        boolean withheld = crossed.isEmpty() || decision.outcome() == Outcome.WITHDRAWN;
        return new Delivered(
                ledger.id(),
                decision,
                ledger.decidedAt(),
                asOf(named),
                evidence(named),
                ledger.stage(),
                ledger.isIntact(),
                views(crossed),
                withheld ? views(holdings.notEmpty()) : List.of(),
                removed(),
                previous);
    }

    /** Returns all switches that the decision names, those of the current circuit first. */
    private Set<DatapathId> named(Set<DatapathId> reserved) {
        if (decision.retiring().isEmpty()) {
            return reserved;
        }
        Set<DatapathId> named = new LinkedHashSet<>(reserved);
        for (CircuitRemoval removal : decision.retiring()) {
            named.addAll(removal.circuit().datapathIds());
        }
        return named;
    }

    private List<Long> removed() {
        List<Long> removed = new ArrayList<>(decision.retiring().size());
        for (CircuitRemoval removal : decision.retiring()) {
            if (holdings.isRemoved(removal)) {
                removed.add(removal.circuit().number());
            }
        }
        return removed;
    }

    private List<SwitchView> views(Collection<DatapathId> some) {
        List<SwitchView> views = new ArrayList<>(some.size());
        for (DatapathId id : some) {
            views.add(view(id));
        }
        return views;
    }

    private SwitchView view(DatapathId id) {
        Confirmation confirmation = holdings.confirmation(id);
        return new SwitchView(
                id,
                nodeOf(id),
                confirmation,
                isApplied(id, confirmation),
                holdings.heardAt(id),
                holdings.shadow(id),
                switches.get(id),
                switches.absence(id),
                switches.silentSince(id));
    }

    private @Nullable String nodeOf(DatapathId id) {
        for (Circuit circuit : circuits) {
            String node = circuit.nodeOf(id);
            if (node != null) {
                return node;
            }
        }
        return null;
    }

    private boolean isApplied(DatapathId id, Confirmation confirmation) {
        return switch (confirmation) {
            case Confirmation.Applied applied -> true;
            case Confirmation.Failed failed -> false;
            case Confirmation.Pending pending -> !switches.isControlled(id) && wasApplied(id);
        };
    }

    private boolean wasApplied(DatapathId id) {
        return previous != null
                && holdings.isUnchangedSince(id, previous.revision())
                && previous.condition(Condition.Type.PROGRAMMED)
                        .filter(programmed -> programmed.status() == Condition.Truth.TRUE)
                        .isPresent();
    }

    private long evidence(Set<DatapathId> named) {
        long heard = 0;
        for (DatapathId id : named) {
            heard += 2 + holdings.heardOffset(id) + switches.offset(id);
        }
        return heard;
    }

    private Instant asOf(Set<DatapathId> named) {
        Instant latest = ledger.decidedAt();
        for (DatapathId id : named) {
            latest = later(latest, later(holdings.heardAt(id), switches.heardAt(id)));
            Absence absence = switches.absence(id);
            latest = absence == null ? latest : later(latest, absence.since());
        }
        return latest;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
