package io.vlink.flow.status;

import io.vlink.events.paths.Outcome;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import org.jspecify.annotations.Nullable;

/** Computes the phase of a network. */
final class Phases {

    private Phases() {}

    private static boolean servedBefore(@Nullable NetworkStatus previous) {
        return previous != null && (previous.phase() == Phase.Ready || previous.phase() == Phase.Degraded);
    }

    static Phase of(Delivered now, Findings findings) {
        if (now.isWithdrawn()) {
            return now.left().isEmpty() ? Phase.Removed : Phase.Removing;
        }
        if (!now.isInstallable()) {
            return now.decision().outcome() == Outcome.REFUSED ? Phase.Refused : Phase.Waiting;
        }
        boolean served = now.isServed();
        if (served && !findings.get(Condition.Type.Ready).holds()) {
            return Phase.Degraded;
        }
        if (findings.get(Condition.Type.Programmed).holds()) {
            return Phase.Ready;
        }
        return !served && !now.isHeld() && now.intact() && servedBefore(now.previous())
                ? Phase.Degraded
                : Phase.Programming;
    }
}
