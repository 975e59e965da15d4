package io.vlink.gateway.openflow.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandshakesTest {

    @Test
    void limitsHandshakesInTotalAndForEachHost() {
        // Given
        Handshakes handshakes = new Handshakes(3, 2);
        Runnable first = handshakes.begin("10.0.0.1").orElseThrow();
        assertThat(handshakes.begin("10.0.0.1")).isPresent();
        // Then
        assertThat(handshakes.begin("10.0.0.1")).isEmpty();
        assertThat(handshakes.begin("10.0.0.2")).isPresent();
        assertThat(handshakes.begin("10.0.0.3")).isEmpty();
        // When
        first.run();
        first.run();
        // Then
        assertThat(handshakes.begin("10.0.0.1")).isPresent();
        assertThat(handshakes.begin("10.0.0.1")).isEmpty();
    }
}
