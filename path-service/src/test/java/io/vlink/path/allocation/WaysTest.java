package io.vlink.path.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WaysTest {

    private static final DatapathId HERE = DatapathId.of("a");
    private static final DatapathId THERE = DatapathId.of("b");
    private static final WireSide SENDER = new WireSide(true, HERE, 2, "");

    @Test
    void containTheResourcesOfACircuit() {
        Ways ways = Ways.NONE.now(circuit(1, 2, 1_000L), List.of());

        assertThat(ways.links()).containsExactly("link-ab");
        assertThat(ways.nodes()).containsExactlyInAnyOrder("node-a", "node-b");
        assertThat(ways.wired())
                .containsExactlyInAnyOrder(
                        new SwitchPort(HERE, new PortNumber(2)), new SwitchPort(THERE, new PortNumber(1)));
        assertThat(ways.reserved()).containsEntry(SENDER, 1_000L);
        assertThat(ways.bestEffort()).isEmpty();
    }

    @Test
    void stayTheSameWhenAttachmentsComeAndTheCircuitIsBeingRemoved() {
        Circuit circuit = circuit(1, 2, 1_000L);
        Ways ways = Ways.NONE.now(circuit, List.of());

        Circuit held = circuit.withEndpoints(List.of(endpoint("w1", 7L), endpoint("w2", 8L)));

        assertThat(ways.now(held, List.of())).isSameAs(ways);
        assertThat(ways.now(null, List.of(removal(held, null)))).isSameAs(ways);
    }

    @Test
    void changeWithAPortOrTheBandwidth() {
        Ways ways = Ways.NONE.now(circuit(1, 2, 1_000L), List.of());

        assertThat(ways.now(circuit(1, 3, 1_000L), List.of()).wired())
                .contains(new SwitchPort(HERE, new PortNumber(3)));
        assertThat(ways.now(circuit(1, 2, 2_000L), List.of()).reserved()).containsEntry(SENDER, 2_000L);
        assertThat(ways.now(circuit(1, 2, null), List.of()).bestEffort())
                .containsExactly(new Shares.Sender(SENDER, "link-ab"));
    }

    @Test
    void changeWithTheOriginalCircuitOfARemainder() {
        // Given: the remains at ports do not record whether bandwidth was reserved; the circuit that left them does
        CircuitRemoval one = removal(circuit(1, 2, 1_000L), null);
        CircuitRemoval other = removal(circuit(2, 3, null), null);
        Ways ofTheFirst = Ways.NONE.now(null, List.of(one, other, removal(circuit(3, 4, null), 1L)));

        Ways ofTheSecond = ofTheFirst.now(null, List.of(one, other, removal(circuit(3, 4, null), 2L)));

        assertThat(ofTheFirst.bestEffort()).hasSize(1);
        assertThat(ofTheSecond.bestEffort()).hasSize(2);
    }

    @Test
    void areEmptyOnceTheCircuitIsGone() {
        Ways ways = Ways.NONE.now(circuit(1, 2, 1_000L), List.of());

        assertThat(ways.now(null, List.of())).isEqualTo(Ways.NONE);
    }

    private static CircuitRemoval removal(Circuit circuit, @Nullable Long formerOf) {
        return new CircuitRemoval(circuit, Instant.EPOCH, false, null, formerOf);
    }

    private static Circuit circuit(long number, int outPort, @Nullable Long bits) {
        Lane lane = Lane.of("link-ab/vlan:1/to-b=%d/to-a=1".formatted(outPort));
        Route route = new Route(
                null,
                List.of(
                        Hop.straight("node-a", HERE, new AtEndpoint(0), Face.working(lane, 1)),
                        Hop.straight("node-b", THERE, lane, Face.working(new AtEndpoint(1), null))),
                bits,
                0,
                bits == null ? null : 1);
        return new Circuit(number, 1, List.of(endpoint(null, null), endpoint(null, null)), List.of(route));
    }

    private static Endpoint endpoint(@Nullable String attachment, @Nullable Long port) {
        return new Endpoint("node-a", HERE, attachment, port == null ? null : new PortNumber(port));
    }
}
