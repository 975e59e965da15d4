package io.vlink.events.switches;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something about a switch that an operator should look at, though rules can be sent to it.
 *
 * @param reason in CamelCase, for programs, such as {@code DuplicateDatapathId}
 * @param message for people: what is seen, since when, and what would mend it
 * @param since since when it is so, where that is told beside the message
 */
public record SwitchWarning(
        String reason, String message, @Nullable Instant since) {

    /** One whose message alone says since when. */
    public SwitchWarning(String reason, String message) {
        this(reason, message, null);
    }
}
