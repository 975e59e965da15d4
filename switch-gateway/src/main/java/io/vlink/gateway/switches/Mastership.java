package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The mastership under which we speak of one switch: its epoch, which never becomes less. Another master is outbid only once it is
 * sure that we still own the switch.
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

    /** It must be so high at least. */
    void raise(long atLeast) {
        epoch = Math.max(epoch, atLeast);
    }

    /** Asks the switch to take this connection for its master. */
    void ask(long connection, Effects effects) {
        effects.command(new SwitchCommand.AskMaster(id, connection, epoch));
    }

    /** The switch has another master, with this generation: whether we still own it is to be made sure of. */
    void isElsewhere(long generation, Effects effects, Instant now) {
        proof.begin(generation, now);
        effects.note(
                id,
                "has another master with generation %d; asked again once it is sure that we own it"
                        .formatted(generation));
    }

    /**
     * Makes sure that we still own the switch; returns when to be called again. Null: it is sure, and the epoch is above that of the
     * other master.
     */
    @Nullable Instant confirm(Instant now) {
        if (!proof.isDone(now)) {
            return proof.next();
        }
        raise(proof.generation() + 1);
        return null;
    }
}
