package io.vlink.flow.status;

import io.vlink.events.NetworkId;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.flow.ledger.Stage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one network's delivery at one moment. Its status follows from this alone. {@link DeliveredReader} creates it.
 *
 * @param decidedAt time at which the decision was recorded
 * @param asOf time of the last record that may have changed anything here
 * @param evidence grows with each record on the switches that the decision names
 * @param stage the stage of the move to the current circuit
 * @param intact whether the decision interrupts nothing that carried traffic before it
 * @param crossed the switches of the circuit to install, in order of travel; none if it is withheld
 * @param left if nothing is to be installed, the switches that hold anything, or may still hold it
 * @param removed numbers of the circuits being removed that every switch confirmed to have removed
 * @param previous the last status; absent: none yet
 */
record Delivered(
        NetworkId id,
        PathDecision decision,
        Instant decidedAt,
        Instant asOf,
        long evidence,
        Stage stage,
        boolean intact,
        List<SwitchView> crossed,
        List<SwitchView> left,
        List<Long> removed,
        @Nullable NetworkStatus previous) {

    /** Returns the network's generation that the decision is for. */
    long generation() {
        return decision.revision().generation();
    }

    @Nullable Circuit current() {
        return decision.current();
    }

    boolean isRemovalRequested() {
        return decision.outcome() == Outcome.WITHDRAWN;
    }

    boolean isInstallable() {
        return !crossed.isEmpty();
    }

    /** Returns whether each switch of the current circuit has applied its rule set. */
    boolean isApplied() {
        for (SwitchView each : crossed) {
            if (!each.applied()) {
                return false;
            }
        }
        return isInstallable();
    }

    /** Returns whether entering frames take the current circuit, confirmed by each of its switches. */
    boolean isServed() {
        return stage.isSwitchedOver() && isApplied();
    }

    /** Returns whether the previous circuit still carries the traffic during a change that harms no frame. */
    boolean isHeld() {
        return isInstallable() && intact && previousReady() != null && !isServed() && !(stage.isLast() && anyFailed());
    }

    private boolean anyFailed() {
        return crossed.stream().anyMatch(SwitchView::isFailed);
    }

    /** Returns the last condition Ready, if it was true. */
    @Nullable Condition previousReady() {
        return previous == null
                ? null
                : previous.condition(Condition.Type.READY)
                        .filter(ready -> ready.status() == Condition.Truth.TRUE)
                        .orElse(null);
    }

    /** Returns the switches that carry traffic and have lost their controller. */
    List<SwitchView> uncontrolled() {
        if (areAllControlled()) {
            return List.of();
        }
        boolean serving = isServed() || isHeld();
        return crossed.stream()
                .filter(each -> !each.isControlled() && (serving || each.applied()))
                .toList();
    }

    private boolean areAllControlled() {
        for (SwitchView each : crossed) {
            if (!each.isControlled()) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether no traffic passes, regardless of the rules. */
    boolean isCut() {
        for (Impairment impairment : decision.impairments()) {
            if (impairment.cuts()) {
                return true;
            }
        }
        for (AttachmentState attachment : decision.attachments()) {
            if (attachment.cutsTraffic()) {
                return true;
            }
        }
        return false;
    }
}
