package io.vlink.operating;

import io.smallrye.health.api.Wellness;
import io.vlink.events.services.Absence;
import io.vlink.events.services.Services;
import jakarta.inject.Singleton;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Names the services that are missed. Always up: were a service not ready because another is not there, one that dies would
 * take all others out of service.
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
            answer.withData("heard", services.deaf().words() + "; the others are told of as they were then");
        }
        new TreeMap<>(services.seen()).forEach((name, seen) -> {
            Absence trouble = seen.trouble();
            answer.withData(name, trouble == null ? "present" : trouble.words());
        });
        return answer.build();
    }
}
