package io.vlink.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.services.Absence;
import io.vlink.events.services.Services;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class ServicesCheckTest {

    private static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Absence AWAY = new Absence("path-service", THEN, "is away");
    private static final Services SEEN = new Services(
            Map.of(
                    "path-service", new Services.ServicePresence("path-service", AWAY, Map.of(0, AWAY), List.of()),
                    "flow-service", new Services.ServicePresence("flow-service", null, Map.of(), List.of())),
            null);

    @Test
    void namesMissingServicesAndStaysUp() {
        HealthCheckResponse answer = new ServicesCheck(() -> SEEN).call();

        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(answer.getData().orElseThrow())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "path-service", "path-service is away since 2026-03-01T10:00:00Z",
                        "flow-service", "present"));
    }

    @Test
    void reportsThatKafkaIsNotHeard() {
        Services deaf = new Services(SEEN.seen(), new Absence("Kafka", THEN, "is silent"));

        assertThat(new ServicesCheck(() -> deaf).call().getData().orElseThrow())
                .containsEntry(
                        "heard", "Kafka is silent since 2026-03-01T10:00:00Z; the other services are shown as of then");
    }
}
