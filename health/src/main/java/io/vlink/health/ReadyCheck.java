package io.vlink.health;

import io.vlink.log.Vitals;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up while everything that this instance owns or shows is loaded to its end, and Kafka is heard; otherwise reports the
 * time since which this is not the case.
 */
@Readiness
@Singleton
final class ReadyCheck implements HealthCheck {

    private static final Instant STARTED = ProcessHandle.current()
            .info()
            .startInstant()
            .orElseGet(Instant::now)
            .truncatedTo(ChronoUnit.SECONDS);

    private final Watched watched;
    /** When logs were first seen to be silent, by name. Kept while the silence lasts. */
    private final Map<String, Instant> silentSince = new ConcurrentHashMap<>();

    private final Map<String, Instant> loadingSince = new ConcurrentHashMap<>();

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
                    .withData(log.name() + ".heard", heard ? heard(log) : unheard(log));
            if (log.loaded()) {
                loadingSince.put(log.name(), Instant.MAX);
            } else {
                answer.withData(log.name() + ".loading", "since " + loadingSince(log));
            }
            up &= log.loaded() && heard;
        }
        return answer.status(up).build();
    }

    private String heard(Vitals log) {
        silentSince.remove(log.name());
        return "Kafka is heard";
    }

    private String unheard(Vitals log) {
        Duration silence = log.silence();
        return silence == null
                ? "Kafka was never heard; waiting since " + STARTED
                : "Kafka has been silent since "
                        + silentSince.computeIfAbsent(
                                log.name(), name -> now().minus(silence).truncatedTo(ChronoUnit.SECONDS));
    }

    /** Returns when loading began: for a log that was loaded before, when it was first seen loading again. */
    private Instant loadingSince(Vitals log) {
        return loadingSince.merge(log.name(), STARTED, (known, started) -> known.equals(Instant.MAX) ? now() : known);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
