package io.vlink.flow.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once every partition that is ours was loaded. No other service needs to be up for that. */
@Readiness
@ApplicationScoped
class FlowReadiness implements HealthCheck {

    private final FlowLog log;

    FlowReadiness(FlowLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("event log").status(log.isServing()).build();
    }
}
