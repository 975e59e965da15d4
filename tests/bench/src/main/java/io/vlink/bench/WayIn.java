package io.vlink.bench;

import java.io.IOException;
import java.util.List;

/** A way in for many requests at once. */
sealed interface WayIn permits KafkaWayIn, RestWayIn {

    /** Returns when each of them was answered; none may be refused. */
    void send(List<Sample.Request> requests) throws IOException;

    static WayIn of(Options.Via via, Suite suite) {
        return switch (via) {
            case KAFKA -> new KafkaWayIn(suite);
            case REST -> new RestWayIn(suite);
        };
    }
}
