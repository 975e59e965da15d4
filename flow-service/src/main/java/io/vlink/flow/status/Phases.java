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
        return previous != null && (previous.phase() == Phase.READY || previous.phase() == Phase.DEGRADED);
    }

    static Phase of(Delivered now, Findings findings) {
        if (now.isRemovalRequested()) {
            return now.left().isEmpty() ? Phase.REMOVED : Phase.REMOVING;
        }
        if (!now.isInstallable()) {
            return now.decision().outcome() == Outcome.REFUSED ? Phase.REFUSED : Phase.WAITING;
        }
        boolean served = now.isServed();
        if (served && !findings.get(Condition.Type.READY).holds()) {
            return Phase.DEGRADED;
        }
        if (findings.get(Condition.Type.PROGRAMMED).holds()) {
            return Phase.READY;
        }
        return !served && !now.isHeld() && now.intact() && servedBefore(now.previous())
                ? Phase.DEGRADED
                : Phase.PROGRAMMING;
    }
}
