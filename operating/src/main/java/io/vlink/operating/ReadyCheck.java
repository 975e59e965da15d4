package io.vlink.operating;

import io.vlink.log.Vitals;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Up while everything that this instance owns or shows is loaded to its end, and Kafka is heard. */
@Readiness
@Singleton
final class ReadyCheck implements HealthCheck {

    private final Watched watched;

    ReadyCheck(Watched watched) {
        this.watched = watched;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("kafka");
        boolean up = true;
        for (Vitals log : watched.vitals()) {
            Duration silence = log.silence();
            boolean heard = silence != null && silence.compareTo(Vitals.TOO_SILENT) < 0;
            answer.withData(log.name() + ".loaded", log.loaded())
                    .withData(log.name() + ".read", log.read())
                    .withData(
                            log.name() + ".heard",
                            silence == null
                                    ? "Kafka was never heard"
                                    : heard
                                            ? "Kafka is heard"
                                            : "Kafka has been silent for %d s".formatted(silence.toSeconds()));
            up &= log.loaded() && heard;
        }
        return answer.status(up).build();
    }
}
