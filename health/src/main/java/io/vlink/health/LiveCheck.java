package io.vlink.health;

import io.vlink.log.Vitals;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Down only where a restart helps: a thread that reads or decides has ended, or is stuck in one turn. An outage of
 * Kafka does not count, because every log survives it.
 */
@Liveness
@Singleton
final class LiveCheck implements HealthCheck {

    /** Far above all timeouts within a turn: Kafka accepts or refuses a write within 10 s. */
    static final Duration STUCK = Duration.ofSeconds(60);

    private final Watched watched;

    LiveCheck(Watched watched) {
        this.watched = watched;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("threads");
        boolean up = true;
        for (Vitals log : watched.vitals()) {
            String trouble = trouble(log);
            answer.withData(log.name(), trouble.isEmpty() ? "works" : trouble);
            up &= trouble.isEmpty();
        }
        return answer.status(up).build();
    }

    private static String trouble(Vitals log) {
        if (!log.ended().isEmpty()) {
            return "the thread %s has ended".formatted(String.join(", ", log.ended()));
        }
        return log.turn().compareTo(STUCK) < 0
                ? ""
                : "has been in one turn for %d s".formatted(log.turn().toSeconds());
    }
}
