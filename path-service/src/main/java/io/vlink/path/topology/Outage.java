package io.vlink.path.topology;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a link carries nothing now.
 *
 * @param reason one word in CamelCase, as the gateway reported it
 * @param message for people
 * @param since when the outage began; null: unknown
 */
public record Outage(
        String reason, String message, @Nullable Instant since) {

    /** The outage of a link without any report: it counts as down until it is first reported up. */
    public static final Outage NO_STATE = new Outage("NoState", "no gateway has reported it yet", null);
}
