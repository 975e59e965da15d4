package io.vlink.gateway.switches.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Schedules the reads of foreign rules in one switch, and words the warning about them. */
public final class ForeignWatch {

    /** How long dependent steps wait for the first answer of a session. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration every;
    private Instant due = Instant.MAX;
    private Instant patientUntil = Instant.MAX;
    private boolean reading;
    private int warnedOf;

    ForeignWatch(Duration every) {
        this.every = every;
    }

    /** Begins: the switch may be asked from now on. */
    void begin(Instant now) {
        due = now;
        patientUntil = now.plus(PATIENCE);
        reading = false;
    }

    /** Returns whether the first answer is overdue; true once. */
    boolean givesUp(Instant now) {
        if (patientUntil.isAfter(now)) {
            return false;
        }
        patientUntil = Instant.MAX;
        return true;
    }

    /** Returns whether to ask now: false while an answer is awaited. */
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

    /** Returns whether the number of shadowed networks differs from the one last warned of. */
    boolean isNews(int shadowed) {
        return shadowed != warnedOf;
    }

    /** Returns the warnings that hold from now on; empty if no network is shadowed. */
    List<String> news(int shadowed) {
        warnedOf = shadowed;
        return shadowed == 0
                ? List.of()
                : List.of(
                        ("Rules that are not Vlink's have precedence over rules of networks (%d) and take their frames, or"
                                        + " may: list them with \"ovs-ofctl dump-flows BRIDGE\" (tables 0 to 2), and remove them or give them"
                                        + " a lower priority.")
                                .formatted(shadowed));
    }
}
