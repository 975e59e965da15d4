package io.vlink.health;

import io.vlink.log.Vitals;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/** Up once every log has started reading. Needs neither Kafka nor another service. */
@Startup
@Singleton
final class StartedCheck implements HealthCheck {

    private final Watched watched;

    StartedCheck(Watched watched) {
        this.watched = watched;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("reading");
        boolean up = true;
        for (Vitals log : watched.vitals()) {
            answer.withData(log.name(), log.begun() ? "begun" : "not begun");
            up &= log.begun();
        }
        return answer.status(up).build();
    }
}
