package io.vlink.path.topology;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a link carries nothing now.
 *
 * @param reason one word in CamelCase, as the gateway reported it
 * @param message for people
 * @param since when it came to be so; null: that is not known
 */
public record Outage(
        String reason, String message, @Nullable Instant since) {

    /** Of a link that nobody has seen up: it is not up before somebody has. */
    public static final Outage NO_STATE = new Outage("NoState", "no gateway has reported it yet", null);
}
