package io.vlink.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.services.ServiceInstance;
import io.vlink.events.services.Services;
import io.vlink.log.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SuiteCheckTest {

    private static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void isUpWithoutDoubts() {
        assertThat(check(null, gateway(null, false)).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(check(null, Services.UNKNOWN).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void isDownWithTheGatewaysReasonWhileThatGatewayIsPresent() {
        HealthCheckResponse answer = check(null, gateway("Two switches are left alone.", false));

        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(answer.getData().orElseThrow())
                .containsEntry("doubt", "switch-gateway (gateway-0): Two switches are left alone.");
        assertThat(check(null, gateway("Two switches are left alone.", true)).getStatus())
                .isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void isDownWhileALogHasHalted() {
        HealthCheckResponse answer = check("The topic vlink.links is gone.", gateway(null, false));

        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(answer.getData().orElseThrow()).containsEntry("decisions", "The topic vlink.links is gone.");
    }

    private static HealthCheckResponse check(@Nullable String halted, Services services) {
        Vitals vitals =
                new Vitals("decisions", true, true, "partitions", List.of(), Duration.ZERO, Duration.ZERO, halted);
        return new SuiteCheck(() -> List.of(vitals), () -> services).call();
    }

    private static Services gateway(@Nullable String doubt, boolean silent) {
        var said = new ServiceInstance(
                Services.SWITCH_GATEWAY,
                "gateway-0",
                THEN,
                1,
                ServiceInstance.State.PRESENT,
                null,
                List.of(0),
                null,
                "0123456789abcdef",
                doubt,
                null,
                null);
        return new Services(
                Map.of(
                        Services.SWITCH_GATEWAY,
                        new Services.ServicePresence(
                                Services.SWITCH_GATEWAY,
                                null,
                                Map.of(),
                                List.of(new Services.InstancePresence(said, THEN, silent)))),
                null);
    }
}
