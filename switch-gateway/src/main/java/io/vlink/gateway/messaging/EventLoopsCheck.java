package io.vlink.gateway.messaging;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down while an event loop that serves switches is stuck; a restart helps. */
@Liveness
@Singleton
class EventLoopsCheck implements HealthCheck {

    private static final Duration STUCK = Duration.ofSeconds(60);

    private final Gateway gateway;

    EventLoopsCheck(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        Duration longest = gateway.eventLoopsBusyFor();
        boolean up = longest.compareTo(STUCK) < 0;
        return HealthCheckResponse.named("event loops")
                .withData("openflow", up ? "work" : "one has not answered for %d s".formatted(longest.toSeconds()))
                .status(up)
                .build();
    }
}
