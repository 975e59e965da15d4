package io.vlink.events.services;

import java.time.Instant;

/**
 * That something is not there on which others wait, or cannot be heard.
 *
 * @param service such as {@code path-service}, or {@code Kafka}
 * @param since when it was heard last as it should be; where it never was, when this instance began to listen
 * @param how what is wrong with it, to be put behind its name, such as {@code is away}
 */
public record Absence(String service, Instant since, String how) {

    /** As a sentence without its full stop: {@code path-service is away since 2026-03-01T10:15:30Z}. */
    public String words() {
        return service + " " + how + " since " + since;
    }

    /** The same, for who says since when already: {@code path-service is away}. */
    public String whoAndHow() {
        return service + " " + how;
    }
}
