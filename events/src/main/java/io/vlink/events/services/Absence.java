package io.vlink.events.services;

import java.time.Instant;

/**
 * The absence of a service that others wait for, or of Kafka.
 *
 * @param service the name, such as {@code path-service}, or {@code Kafka}
 * @param since when it was last known to be well; if it never was, when this instance began to listen
 * @param how what is wrong with it, phrased to follow its name, such as {@code is away}
 */
public record Absence(String service, Instant since, String how) {

    /** Returns a sentence without its full stop: {@code path-service is away since 2026-03-01T10:15:30Z}. */
    public String words() {
        return service + " " + how + " since " + since;
    }

    /** Returns the sentence without the time: {@code path-service is away}. */
    public String whoAndHow() {
        return service + " " + how;
    }
}
