package io.vlink.gateway.switches.control;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * This gateway's mastership of one switch, with an epoch that never decreases. It claims a higher generation than
 * another master only after confirming that it still owns the switch.
 */
final class Mastership {

    private final DatapathId id;
    private final OwnershipProof proof = new OwnershipProof();
    private long epoch;

    Mastership(DatapathId id, long epoch) {
        this.id = id;
        this.epoch = epoch;
    }

    long epoch() {
        return epoch;
    }

    /** Raises the epoch to this value at least. */
    void raise(long atLeast) {
        epoch = Math.max(epoch, atLeast);
    }

    /** Asks the switch to make this connection its master. */
    void ask(long connection, SwitchEffects effects) {
        effects.command(new SwitchCommand.AskMaster(id, connection, epoch));
    }

    /** Begins to confirm ownership, as the switch has another master with this generation. */
    void isElsewhere(long generation, SwitchEffects effects, Instant now) {
        proof.begin(generation, now);
        effects.note(
                id,
                "has another master with generation %d; this gateway asks again after confirming that it owns the switch"
                        .formatted(generation));
    }

    /**
     * Confirms that this gateway still owns the switch. Returns when to call again; null if it is confirmed, and the
     * epoch is above that of the other master.
     */
    @Nullable Instant confirm(Instant now) {
        if (!proof.isDone(now)) {
            return proof.next();
        }
        raise(proof.generation() + 1);
        return null;
    }
}
