package io.vlink.gateway.openflow;

import java.time.Duration;

/** A switch that is there, and does not do what it was asked: its session ends, and it is not served again at once. */
final class Hung extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Hung(String message) {
        super(message, null, false, false);
    }

    static Hung unanswered(String request, Duration deadline) {
        return new Hung("The switch has not answered a %s for %d s, though it is there."
                .formatted(request, deadline.toSeconds()));
    }

    static Hung unread(Duration deadline) {
        return new Hung("The switch has not read what it was sent for %d s.".formatted(deadline.toSeconds()));
    }
}
