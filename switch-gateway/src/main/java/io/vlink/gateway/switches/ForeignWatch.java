package io.vlink.gateway.switches;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the rules of others in one switch are to be read, and what an operator is told of them. */
final class ForeignWatch {

    static final String REASON = "ForeignRules";

    private final Duration every;
    private Instant due = Instant.MAX;
    private boolean reading;
    private int warnedOf;

    ForeignWatch(Duration every) {
        this.every = every;
    }

    /** The switch may be asked from now on. */
    void begin(Instant now) {
        due = now;
        reading = false;
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
    }

    Instant next() {
        return due;
    }

    /** What to warn of from now on, none: of nothing; null: that is said already. */
    @Nullable List<String> news(int shadowed) {
        if (shadowed == warnedOf) {
            return null;
        }
        warnedOf = shadowed;
        return shadowed == 0
                ? List.of()
                : List.of(
                        ("Rules that are not Vlink's stand in table 0 over those of networks (%d) and take their frames, or"
                                        + " may: see \"ovs-ofctl dump-flows BRIDGE table=0\", and remove them or give them a lower"
                                        + " priority.")
                                .formatted(shadowed));
    }
}
