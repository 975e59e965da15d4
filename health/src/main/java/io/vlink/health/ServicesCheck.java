package io.vlink.health;

import io.smallrye.health.api.Wellness;
import io.vlink.events.services.Absence;
import io.vlink.events.services.Services;
import jakarta.inject.Singleton;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Names the missing services. Always up: if a service were not ready because another one is missing, one failure would
 * take all services out of operation.
 */
@Wellness
@Singleton
final class ServicesCheck implements HealthCheck {

    private final Attending attending;

    ServicesCheck(Attending attending) {
        this.attending = attending;
    }

    @Override
    public HealthCheckResponse call() {
        Services services = attending.services();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("services").up();
        if (services.deaf() != null) {
            answer.withData("heard", services.deaf().words() + "; the other services are shown as of then");
        }
        new TreeMap<>(services.seen()).forEach((name, seen) -> {
            Absence trouble = seen.trouble();
            answer.withData(name, trouble == null ? "present" : trouble.words());
        });
        return answer.build();
    }
}
