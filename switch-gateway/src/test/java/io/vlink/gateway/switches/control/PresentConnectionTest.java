package io.vlink.gateway.switches.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresentConnectionTest {

    private static final DatapathId ID = DatapathId.of("a");
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final PresentConnection connection = new PresentConnection();

    private static SwitchEvent.Connected connected(long number) {
        return new SwitchEvent.Connected(ID, number, "10.0.0.1:" + number, "1.4", "fake", List.of());
    }

    @Test
    void isTheNewestKnownConnection() {
        // Given
        assertThat(connection.begins(connected(2), NOW)).isTrue();
        // Then
        assertThat(connection.begins(connected(1), NOW)).as("an earlier one").isFalse();
        assertThat(connection.begins(connected(2), NOW)).as("the same again").isFalse();
        assertThat(connection.number()).isEqualTo(2);
        // When
        assertThat(connection.begins(connected(3), NOW)).isTrue();
        // Then
        assertThat(connection.from()).isEqualTo(connected(3));
    }

    @Test
    void ignoresEventsOfOtherConnections() {
        // Given
        SwitchEvent.PortRemoved before = new SwitchEvent.PortRemoved(ID, 1, PortNumber.of(1));
        assertThat(connection.hears(before, NOW)).as("of none").isFalse();
        connection.begins(connected(2), NOW);
        // When
        boolean counts = connection.hears(before, NOW.plusSeconds(1));
        // Then
        assertThat(counts).isFalse();
        assertThat(connection.heardAt()).isEqualTo(NOW);
    }

    @Test
    void keepsTheTimeLastHeardAfterADisconnection() {
        // Given
        connection.begins(connected(1), NOW);
        // When
        assertThat(connection.hears(new SwitchEvent.MasterGranted(ID, 1), NOW.plusSeconds(1)))
                .isTrue();
        assertThat(connection.hears(new SwitchEvent.Disconnected(ID, 1, "gone"), NOW.plusSeconds(9)))
                .isTrue();
        connection.end();
        // Then
        assertThat(connection.heardAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(connection.from()).isNull();
        assertThatThrownBy(connection::number).hasMessage("The switch is not connected.");
        // When: it reconnects with any number, as after a restart
        assertThat(connection.begins(connected(1), NOW.plusSeconds(20))).isTrue();
        // Then
        assertThat(connection.heardAt()).isEqualTo(NOW.plusSeconds(20));
    }
}
