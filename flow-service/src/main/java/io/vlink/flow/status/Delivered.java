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
 * What is known of the delivery of one network at one moment. Everything that is said of the network follows from this
 * alone; {@link DeliveredReader} makes it.
 *
 * @param decidedAt when the decision was recorded
 * @param asOf when the last was recorded that may have changed anything here
 * @param evidence how much was heard of the switches that the decision names
 * @param stage how far the way to the current circuit has come
 * @param intact whether the decision takes nothing away that served before it
 * @param crossed the switches of the circuit that is to be installed, in the order of travel; none where it is withheld
 * @param left where nothing is to be installed, the switches that still hold anything, or may
 * @param removed numbers of the retiring circuits of which every switch confirmed that nothing is left
 * @param previous what was said last; absent: nothing yet
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

    /** The network's generation that the decision speaks of. */
    long generation() {
        return decision.revision().generation();
    }

    @Nullable Circuit current() {
        return decision.current();
    }

    boolean isWithdrawn() {
        return decision.outcome() == Outcome.WITHDRAWN;
    }

    boolean isInstallable() {
        return !crossed.isEmpty();
    }

    /** Whether each switch of the current circuit holds what it is to hold. */
    boolean isApplied() {
        for (SwitchView each : crossed) {
            if (!each.applied()) {
                return false;
            }
        }
        return isInstallable();
    }

    /** Whether frames that enter now take the current circuit, confirmed by each of its switches. */
    boolean isServed() {
        return stage.isTurned() && isApplied();
    }

    /** Whether what served before still does, while a change is on its way that harms no frame. */
    boolean isHeld() {
        return isInstallable() && intact && previousReady() != null && !isServed() && !(stage.isLast() && anyFailed());
    }

    private boolean anyFailed() {
        return crossed.stream().anyMatch(SwitchView::isFailed);
    }

    /** What was last said of being ready, where that was the case. */
    @Nullable Condition previousReady() {
        return previous == null
                ? null
                : previous.condition(Condition.Type.Ready)
                        .filter(ready -> ready.status() == Condition.Truth.TRUE)
                        .orElse(null);
    }

    /** The switches that have lost their controller, among those that serve. */
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

    /** Whether no traffic passes, whatever the rules say. */
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
