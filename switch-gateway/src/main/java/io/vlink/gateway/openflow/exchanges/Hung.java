package io.vlink.gateway.openflow.exchanges;

import java.time.Duration;

/** Thrown when a switch is reachable but does not do what it is asked: its session ends, and it is served again only later. */
public final class Hung extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Hung(String message) {
        super(message, null, false, false);
    }

    static Hung unanswered(String request, Duration deadline) {
        return new Hung("The switch has not answered a %s for %d s, although it is connected."
                .formatted(request, deadline.toSeconds()));
    }

    public static Hung unread(Duration deadline) {
        return new Hung("The switch has read none of the data sent to it for %d s.".formatted(deadline.toSeconds()));
    }
}
