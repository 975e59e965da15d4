package io.vlink.flow.status;

import io.vlink.events.DatapathId;
import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.services.Absence;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.flow.ledger.NetworkLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Composes the status of a network. Times come from the records that were read, never from a clock, and what has not
 * changed since the status before keeps its time: whoever read the same says the same.
 */
public final class StatusComposer {

    private final Switches switches;

    public StatusComposer(Switches switches) {
        this.switches = switches;
    }

    /** What is to be said of a network now that {@code decision}, the ledger's, is known. */
    public NetworkStatus compose(NetworkLedger ledger, PathDecision decision, @Nullable NetworkStatus previous) {
        Set<DatapathId> named = named(decision);
        Findings findings = new Findings(ledger, decision, switches, previous);
        Circuit current = decision.current();
        Revision revision = decision.revision().withStage(ledger.stage().number());
        Finding programmed = findings.programmed();
        return new NetworkStatus(
                ledger.id(),
                revision,
                evidence(ledger, named, revision, previous),
                phase(decision, findings, programmed, ledger, previous),
                conditions(findings, programmed, ledger.decidedAt(), asOf(ledger, named), previous),
                current == null ? List.of() : current.forward().nodes(),
                current == null ? List.of() : current.reverse().nodes(),
                decision.attachments(),
                decision.retiring().stream()
                        .filter(ledger.holdings()::isGone)
                        .map(retiring -> retiring.circuit().number())
                        .toList());
    }

    private static Phase phase(
            PathDecision decision,
            Findings findings,
            Finding programmed,
            NetworkLedger ledger,
            @Nullable NetworkStatus previous) {
        Circuit current = decision.current();
        if (decision.outcome() == Outcome.WITHDRAWN) {
            return ledger.holdings().notEmpty().isEmpty() ? Phase.Removed : Phase.Removing;
        }
        if (current == null || !current.installable()) {
            return decision.outcome() == Outcome.REFUSED ? Phase.Refused : Phase.Waiting;
        }
        if (findings.isServed() && (findings.isCut() || findings.isDoubtful())) {
            return Phase.Degraded;
        }
        if (programmed.holds()) {
            return Phase.Ready;
        }
        boolean servedBefore = previous != null
                && (previous.phase() == Phase.Ready || previous.phase() == Phase.Degraded)
                && ledger.isIntact();
        return servedBefore && !findings.isHeld() && !findings.isServed() ? Phase.Degraded : Phase.Programming;
    }

    private static List<Condition> conditions(
            Findings findings, Finding programmed, Instant decidedAt, Instant asOf, @Nullable NetworkStatus previous) {
        Finding accepted = findings.accepted();
        Finding attached = findings.attached();
        Finding controlLost = findings.controlLost();
        List<Condition> conditions = new ArrayList<>(5);
        conditions.add(condition(Condition.Type.Accepted, accepted, decidedAt, previous));
        conditions.add(condition(Condition.Type.Attached, attached, decidedAt, previous));
        conditions.add(condition(Condition.Type.Programmed, programmed, asOf, previous));
        conditions.add(condition(Condition.Type.Ready, findings.ready(accepted, attached, programmed), asOf, previous));
        if (controlLost != null) {
            conditions.add(condition(Condition.Type.ControlLost, controlLost, asOf, previous));
        }
        return conditions;
    }

    private static Condition condition(
            Condition.Type type, Finding finding, Instant since, @Nullable NetworkStatus previous) {
        Instant transition = previous == null
                ? since
                : previous.condition(type)
                        .filter(before -> before.status() == finding.truth())
                        .map(Condition::lastTransitionTime)
                        .orElse(since);
        return new Condition(
                type, finding.truth(), finding.reason(), finding.message(), finding.generation(), transition);
    }

    /** Grows with everything that is heard of the switches that the decision names; never falls within a revision. */
    private long evidence(
            NetworkLedger ledger, Set<DatapathId> named, Revision revision, @Nullable NetworkStatus previous) {
        long heard = 0;
        for (DatapathId datapathId : named) {
            heard += 2 + ledger.holdings().heardOffset(datapathId) + switches.offset(datapathId);
        }
        return previous != null && previous.revision().equals(revision) ? Math.max(heard, previous.evidence()) : heard;
    }

    private Instant asOf(NetworkLedger ledger, Set<DatapathId> named) {
        Instant latest = ledger.decidedAt();
        for (DatapathId datapathId : named) {
            latest = later(latest, later(ledger.holdings().heardAt(datapathId), switches.heardAt(datapathId)));
            Absence absence = switches.absence(datapathId);
            latest = absence == null ? latest : later(latest, absence.since());
        }
        return latest;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static Set<DatapathId> named(PathDecision decision) {
        Set<DatapathId> named = new LinkedHashSet<>();
        Circuit current = decision.current();
        if (current != null) {
            named.addAll(current.datapathIds());
        }
        decision.retiring().forEach(retiring -> named.addAll(retiring.circuit().datapathIds()));
        return named;
    }
}
