package io.vlink.events.paths;

import io.vlink.events.schema.PublishedAs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A circuit that is being removed. Its resources are not assigned to others before the removal of its rules is
 * confirmed.
 *
 * @param since when its removal began
 * @param quarantined its deadline passed without confirmation: the network no longer waits for it, but its resources
 *     stay taken until the switches are cleaned
 * @param dead true: no traffic passes over it, so there is no reason to keep it while another replaces it; absent: not
 *     known
 * @param formerOf present where only port numbers changed, or bandwidth was lowered: the number of the circuit that had
 *     these ports, or bandwidths, before. Its rules have that number; the entry is removed once the switches confirmed
 *     the circuit's present form
 */
@PublishedAs("Retiring")
public record CircuitRemoval(
        Circuit circuit,
        Instant since,
        boolean quarantined,
        @Nullable Boolean dead,
        @Nullable Long formerOf) {

    /** A circuit that is not known to be dead. */
    public CircuitRemoval(Circuit circuit, Instant since, boolean quarantined) {
        this(circuit, since, quarantined, null, null);
    }

    /** Whether it represents lowered bandwidths: their previous values, and the switches that police them. */
    public boolean keepsFormerRate() {
        return formerOf != null && circuit.routes().stream().anyMatch(route -> route.bandwidthBits() != null);
    }

    /** Whether no traffic passes over it. */
    public boolean carriesNothing() {
        return Boolean.TRUE.equals(dead);
    }

    /** Returns the entry with the values that may change during removal. */
    public CircuitRemoval with(Circuit now, boolean inQuarantine, @Nullable Boolean nowDead) {
        return new CircuitRemoval(now, since, inQuarantine, nowDead, formerOf);
    }
}
