package io.vlink.bench;

import java.io.IOException;
import java.util.List;

/** An interface for bulk requests. */
sealed interface WayIn permits KafkaWayIn, RestWayIn {

    /** Sends requests; returns when all are answered. None may be refused. */
    void send(List<Sample.SampleRequest> requests) throws IOException;

    static WayIn of(Options.Via via, Suite suite) {
        return switch (via) {
            case KAFKA -> new KafkaWayIn(suite);
            case REST -> new RestWayIn(suite);
        };
    }
}
