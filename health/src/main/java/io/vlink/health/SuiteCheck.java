package io.vlink.health;

import io.vlink.log.Vitals;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Down while Kafka's data is in doubt: it is not the data that this instance worked with, or a switch-gateway leaves
 * switches alone because they were not configured from it.
 */
@Readiness
@Singleton
final class SuiteCheck implements HealthCheck {

    private final Watched watched;
    private final Attending attending;

    SuiteCheck(Watched watched, Attending attending) {
        this.watched = watched;
        this.attending = attending;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("suite");
        boolean up = true;
        for (Vitals log : watched.vitals()) {
            if (log.halted() != null) {
                answer.withData(log.name(), log.halted());
                up = false;
            }
        }
        List<String> doubts = attending.doubts();
        if (!doubts.isEmpty()) {
            answer.withData("doubt", String.join(" ", doubts));
            up = false;
        }
        return answer.status(up).build();
    }
}
