package io.vlink.flow.status;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.flow.ledger.Holdings;
import io.vlink.flow.ledger.NetworkLedger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Composes the status of a network. Times come from the records that were read, never from a clock, and an unchanged condition
 * keeps the time of the previous status. So equal records give equal statuses.
 */
public final class StatusComposer {

    private final Switches switches;

    public StatusComposer(Switches switches) {
        this.switches = switches;
    }

    /** Composes the status for {@code decision}, the ledger's decision. */
    public NetworkStatus compose(NetworkLedger ledger, PathDecision decision, @Nullable NetworkStatus previous) {
        return compose(
                DeliveredReader.read(ledger, decision, switches, previous), revision(ledger, decision, previous));
    }

    /**
     * Returns the revision of the status. Rules that are changed in place after the last stage get higher revisions, which need no
     * new status. But once a switch has lost its controller, the status must show after a restart that it had confirmed them.
     */
    Revision revision(NetworkLedger ledger, PathDecision decision, @Nullable NetworkStatus previous) {
        Revision reached = decision.revision().withStage(ledger.stage().number());
        if (!ledger.stage().isLast()) {
            return reached;
        }
        Revision told = previous == null ? reached : later(reached, previous.revision());
        Revision written = ledger.holdings().highest(told);
        return written.equals(told) || areControlled(ledger.holdings()) ? told : written;
    }

    private static Revision later(Revision reached, Revision before) {
        return before.sameDecision(reached) && before.compareTo(reached) > 0 ? before : reached;
    }

    /** Returns whether each switch that holds something, or did, is connected to a gateway that is present. */
    boolean areControlled(Holdings holdings) {
        for (DatapathId datapathId : holdings.switches()) {
            if (!switches.isControlled(datapathId)) {
                return false;
            }
        }
        return true;
    }

    private static NetworkStatus compose(Delivered now, Revision revision) {
        Findings findings = new Findings();
        List<Condition> conditions = StatusConditions.of(now, findings);
        Circuit current = now.current();
        return new NetworkStatus(
                now.id(),
                revision,
                evidence(now, revision),
                Phases.of(now, findings),
                conditions,
                current == null ? List.of() : current.route(Direction.FORWARD).nodes(),
                current == null ? List.of() : current.route(Direction.REVERSE).nodes(),
                now.decision().attachments(),
                now.removed());
    }

    /** Returns a number that grows with each record, and never falls within a revision. */
    private static long evidence(Delivered now, Revision revision) {
        NetworkStatus previous = now.previous();
        return previous != null && previous.revision().equals(revision)
                ? Math.max(now.evidence(), previous.evidence())
                : now.evidence();
    }
}
