package io.vlink.flow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.services.Absence;
import io.vlink.events.services.Services;
import io.vlink.flow.status.Switches;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests which switches count as without a gateway, and when they count again. */
class GatewayWatchTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final DatapathId ONE = new DatapathId(1);
    private static final DatapathId TWO = new DatapathId(2);
    private static final Set<DatapathId> BOTH = Set.of(ONE, TWO);

    private final Switches switches = new Switches();
    private final GatewayWatch watch = new GatewayWatch(switches, datapathId -> (int) datapathId.value());

    @Test
    void namesTheSwitchesOfUnservedPartitions() {
        watch.heard(missing(1));

        assertThat(watch.act(BOTH, NOW)).containsExactly(ONE);
        assertThat(watch.act(BOTH, NOW)).as("a repetition is no change").isEmpty();
    }

    @Test
    void givesAReturningGatewayTimeToHearItsSwitches() {
        // Given
        watch.heard(missing(1, 2));
        assertThat(watch.act(BOTH, NOW)).containsExactlyInAnyOrder(ONE, TWO);

        // When
        watch.heard(missing());

        // Then
        assertThat(watch.act(BOTH, NOW)).isEmpty();
        assertThat(watch.wakeAt()).isEqualTo(NOW.plusSeconds(6));
        assertThat(watch.act(BOTH, NOW.plusSeconds(6))).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(watch.wakeAt()).isNull();
    }

    @Test
    void keepsAGatewayAwayThatReturnedOnlyForAMoment() {
        watch.heard(missing(1));
        watch.act(BOTH, NOW);
        watch.heard(missing());
        watch.act(BOTH, NOW);

        watch.heard(missing(1));

        assertThat(watch.act(BOTH, NOW.plusSeconds(1))).isEmpty();
        assertThat(watch.wakeAt()).isNull();
    }

    @Test
    void reportsNothingWhileKafkaIsSilent() {
        watch.heard(new Services(missing(1).seen(), new Absence("Kafka", NOW, "is silent")));

        assertThat(watch.act(BOTH, NOW)).isEmpty();
    }

    @Test
    void marksASwitchThatIsCrossedLater() {
        watch.heard(missing(1));
        watch.act(Set.of(), NOW);

        watch.crosses(ONE);

        assertThat(switches.gatewayAway(ONE, null)).as("it was marked").isTrue();
    }

    private static Services missing(Integer... partitions) {
        Absence absence = new Absence("switch-gateway", NOW.minusSeconds(6), "is away");
        Map<Integer, Absence> unserved = new HashMap<>();
        List.of(partitions).forEach(partition -> unserved.put(partition, absence));
        return new Services(
                Map.of("switch-gateway", new Services.ServicePresence("switch-gateway", null, unserved, List.of())),
                null);
    }
}
