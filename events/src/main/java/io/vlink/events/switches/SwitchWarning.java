package io.vlink.events.switches;

import io.vlink.events.reasons.Reason;
import io.vlink.events.schema.Known;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something about a switch that an operator should look at, although rules can be sent to it.
 *
 * @param reason in CamelCase, stable, for programs
 * @param message for people: what is seen, since when, and how to mend it
 * @param since since when it applies, where that is stated apart from the message
 */
public record SwitchWarning(
        @Known(WarningReason.class) String reason,
        String message,
        @Nullable Instant since) {

    /** A warning whose message alone states the time. */
    public SwitchWarning(WarningReason reason, String message) {
        this(reason.word(), message, null);
    }

    /** Whether it has this reason. */
    public boolean is(Reason asked) {
        return reason.equals(asked.word());
    }
}
