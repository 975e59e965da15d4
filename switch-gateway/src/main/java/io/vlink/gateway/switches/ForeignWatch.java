package io.vlink.gateway.switches;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When the rules of others in one switch are to be read, and what an operator is told of them. */
final class ForeignWatch {

    /** How long the first answer of a session is waited for with what depends on it. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration every;
    private Instant due = Instant.MAX;
    private Instant patientUntil = Instant.MAX;
    private boolean reading;
    private int warnedOf;

    ForeignWatch(Duration every) {
        this.every = every;
    }

    /** The switch may be asked from now on. */
    void begin(Instant now) {
        due = now;
        patientUntil = now.plus(PATIENCE);
        reading = false;
    }

    /** Whether the first answer was waited for long enough. */
    boolean givesUp(Instant now) {
        if (patientUntil.isAfter(now)) {
            return false;
        }
        patientUntil = Instant.MAX;
        return true;
    }

    /** Whether to ask now: not while an answer is still awaited. */
    boolean asks(Instant now) {
        if (due.isAfter(now)) {
            return false;
        }
        due = now.plus(every);
        boolean asks = !reading;
        reading = true;
        return asks;
    }

    void answered() {
        reading = false;
        patientUntil = Instant.MAX;
    }

    Instant next() {
        return due.isBefore(patientUntil) ? due : patientUntil;
    }

    /** Whether it is news that rules stand over those of so many networks. */
    boolean isNews(int shadowed) {
        return shadowed != warnedOf;
    }

    /** What to warn of from now on; none: of nothing. */
    List<String> news(int shadowed) {
        warnedOf = shadowed;
        return shadowed == 0
                ? List.of()
                : List.of(("Rules that are not Vlink's stand over those of networks (%d) and take their frames, or"
                                + " may: see \"ovs-ofctl dump-flows BRIDGE\", tables 0 to 2, and remove them or give them"
                                + " a lower priority.")
                        .formatted(shadowed));
    }
}
