package io.vlink.flow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.links.Heard;
import io.vlink.events.services.Absence;
import io.vlink.events.switches.Switch;
import io.vlink.flow.status.Switches;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests when the state of a switch without a controller becomes unknown. */
class LifeWatchTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final DatapathId ONE = new DatapathId(1);

    private final Switches switches = new Switches();
    private final LifeWatch watch = new LifeWatch(switches);
    private long offset;

    private List<DatapathId> say(Switch.State state, @Nullable Instant heardAt, Instant now) {
        switches.heard(
                new Switch(ONE, 1, state, null, "gw", null, null, null, true, now, null, heardAt), ++offset, now);
        watch.changed(ONE);
        return watch.act(now);
    }

    @Test
    void givesUpADisconnectedSilentSwitchAfterTenSeconds() {
        // When: it lost its controller a moment ago
        assertThat(say(Switch.State.DISCONNECTED, NOW, NOW)).isEmpty();

        // Then
        assertThat(watch.wakeAt()).isEqualTo(NOW.plusSeconds(10));
        assertThat(watch.act(NOW.plusSeconds(9))).isEmpty();
        assertThat(watch.act(NOW.plusSeconds(10))).containsExactly(ONE);
        assertThat(switches.isSilent(ONE)).isTrue();
        assertThat(watch.wakeAt()).isNull();
        assertThat(say(Switch.State.CONNECTED, null, NOW.plusSeconds(20))).containsExactly(ONE);
        assertThat(switches.isSilent(ONE)).isFalse();
    }

    @Test
    void countsTheSilenceBeforeAGatewayGaveUpASwitch() {
        // When: the gateway waited 10 s for an echo
        say(Switch.State.DISCONNECTED, NOW.minusSeconds(10), NOW);

        // Then: reports of neighbours are awaited first
        assertThat(watch.wakeAt()).isEqualTo(NOW.plus(LifeWatch.HEARSAY));
        assertThat(watch.act(NOW.plus(LifeWatch.HEARSAY))).containsExactly(ONE);
    }

    @Test
    void keepsASwitchAsLastKnownWhileItsNeighboursHearIt() {
        // Given
        say(Switch.State.DISCONNECTED, NOW, NOW);

        // When
        watch.heard(new Heard(ONE, NOW.plusSeconds(8)));
        watch.act(NOW.plusSeconds(8));

        // Then
        assertThat(watch.act(NOW.plusSeconds(17))).isEmpty();
        assertThat(watch.act(NOW.plusSeconds(18))).containsExactly(ONE);

        // When: the silence continues
        watch.heard(new Heard(ONE, NOW.plusSeconds(20)));

        // Then
        assertThat(watch.act(NOW.plusSeconds(20))).containsExactly(ONE);
        assertThat(switches.isSilent(ONE)).isFalse();
        assertThat(watch.wakeAt()).isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void treatsASwitchWhoseGatewayIsAwayAsDisconnected() {
        // Given
        say(Switch.State.CONNECTED, null, NOW);
        Absence absence = new Absence("switch-gateway", NOW, "is away");

        // When
        switches.gatewayAway(ONE, absence);
        watch.changed(List.of(ONE));

        // Then
        assertThat(watch.act(NOW.plusSeconds(10))).isEmpty();
        assertThat(watch.act(NOW.plusSeconds(14))).containsExactly(ONE);
        switches.gatewayAway(ONE, null);
        watch.changed(List.of(ONE));
        assertThat(watch.act(NOW.plusSeconds(15))).containsExactly(ONE);
    }

    @Test
    void countsARefusedSwitchAsHeard() {
        assertThat(say(Switch.State.REFUSED, null, NOW)).isEmpty();
        assertThat(watch.wakeAt()).isNull();
    }
}
