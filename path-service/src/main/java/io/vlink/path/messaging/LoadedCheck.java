package io.vlink.path.messaging;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: every owned partition is loaded to its end, and decided. */
@Readiness
@Singleton
final class LoadedCheck implements HealthCheck {

    private final PathLog log;

    LoadedCheck(PathLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("log loaded").status(log.isServing()).build();
    }
}
