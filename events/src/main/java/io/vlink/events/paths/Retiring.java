package io.vlink.events.paths;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A circuit on its way out. What it holds is not given to others before its rules are confirmed gone.
 *
 * @param since when it began to retire
 * @param quarantined its deadline passed without confirmation: the network no longer waits for it, but what it holds
 *     stays taken until the switches were cleaned
 * @param dead true: no traffic passes over it, so that nothing is won by keeping it while another takes its place; absent:
 *     not known
 * @param formerOf present where only port numbers changed, or bandwidth was lowered: number of the circuit that had these ports, or
 *     these bandwidths, before. Its rules bear that number, and are gone from here once the switches confirmed what it is now
 */
public record Retiring(
        Circuit circuit,
        Instant since,
        boolean quarantined,
        @Nullable Boolean dead,
        @Nullable Long formerOf) {

    /** A circuit of which it is not known that it is dead. */
    public Retiring(Circuit circuit, Instant since, boolean quarantined) {
        this(circuit, since, quarantined, null, null);
    }

    /** Whether it is what is left of bandwidths that were lowered: what they were, and the switches that police them. */
    public boolean leavesBandwidth() {
        return formerOf != null && circuit.routes().stream().anyMatch(route -> route.bandwidthBits() != null);
    }

    /** Whether no traffic passes over it. */
    public boolean carriesNothing() {
        return Boolean.TRUE.equals(dead);
    }

    /** The same, with what may change while a circuit retires. */
    public Retiring with(Circuit now, boolean inQuarantine, @Nullable Boolean nowDead) {
        return new Retiring(now, since, inQuarantine, nowDead, formerOf);
    }
}
