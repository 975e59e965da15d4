package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Branch;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The guide's vlink-sample, from declared to attached. */
final class GuideTest {

    private final World world = World.ofTheGuide();

    @Test
    void forwardCrossesACDEAndReverseEDBA() {
        // When
        world.declare("sample", VlinkRequest.ofTheGuide().bits(20_000_000).nanos(800_000));

        // Then
        Circuit circuit = world.admitted("sample");
        assertThat(circuit.route(Direction.FORWARD).nodes()).containsExactly("node-a", "node-c", "node-d", "node-e");
        assertThat(circuit.route(Direction.REVERSE).nodes()).containsExactly("node-e", "node-d", "node-b", "node-a");
        assertThat(circuit.route(Direction.FORWARD).bandwidthBits()).isEqualTo(20_000_000);
        assertThat(circuit.route(Direction.FORWARD).latencyNanos()).isEqualTo(600_000);
        assertThat(circuit.route(Direction.FORWARD).meter()).isEqualTo(1);
        assertThat(circuit.route(Direction.REVERSE).bandwidthBits()).isNull();
        assertThat(circuit.route(Direction.REVERSE).meter()).isNull();
        assertThat(circuit.endpoints().getFirst().port()).isNull();
        assertThat(circuit.installable()).isFalse();
    }

    @Test
    void eachHopHasThePortsAndLabelsOfItsLinks() {
        // When
        world.declare("sample", VlinkRequest.ofTheGuide());

        // Then
        Circuit circuit = world.admitted("sample");
        Lane arriving = new Lane(
                "link-ac",
                Label.of("vlan:1"),
                world.port("node-a", "to-c"),
                PortLocator.of("to-c"),
                world.port("node-c", "to-a"),
                PortLocator.of("to-a"));
        Lane leaving = new Lane(
                "link-cd",
                Label.of("vlan:1"),
                world.port("node-c", "to-d"),
                PortLocator.of("to-d"),
                world.port("node-d", "to-c"),
                PortLocator.of("to-c"));
        Route forward = circuit.route(Direction.FORWARD);
        assertThat(forward.hops().get(1))
                .isEqualTo(Hop.straight("node-c", World.switchOf("node-c"), arriving, Face.working(leaving, 2)));
        assertThat(forward.first().entries()).containsExactly(new AtEndpoint(0));
        assertThat(forward.hops().getLast().branches())
                .containsExactly(Branch.of(Face.working(new AtEndpoint(1), null)));
    }

    @Test
    void isInstallableOnceBothEndpointsAreAttached() {
        // Given
        world.attach("sample", "ping", "node-a", "tap-ping").declare("sample", VlinkRequest.ofTheGuide());
        PathDecision half = world.decide("sample");
        assertThat(Objects.requireNonNull(half.current()).installable()).isFalse();

        // When
        world.attach("sample", "pong", "node-e", "tap-pong");

        // Then
        PathDecision whole = world.decide("sample");
        Circuit circuit = Objects.requireNonNull(whole.current());
        assertThat(circuit.installable()).isTrue();
        assertThat(circuit.endpoints().getFirst().attachment()).isEqualTo("ping");
        assertThat(circuit.endpoints().getFirst().port()).isEqualTo(world.port("node-a", "tap-ping"));
        assertThat(circuit.endpoints().getLast().attachment()).isEqualTo("pong");
        assertThat(whole.attachments()).allMatch(state -> state.holds() && state.reason() == null);
        assertThat(whole.revision().generation()).isEqualTo(1);
        assertThat(whole.revision().step()).isEqualTo(half.revision().step() + 1);
    }

    @Test
    void bothEndpointsOnOneNodeNeedNoLabel() {
        // Given
        world.attach("local", "first", "node-a", "tap-1");
        world.pass(Duration.ofSeconds(1)).attach("local", "second", "node-a", "tap-2");

        // When
        world.declare("local", VlinkRequest.onOneNode("a").bits(1_000_000));

        // Then
        Circuit circuit = world.admitted("local");
        assertThat(circuit.installable()).isTrue();
        assertThat(circuit.route(Direction.FORWARD).hops()).hasSize(1);
        assertThat(circuit.sides()).isEmpty();
        assertThat(circuit.endpoints().getFirst().attachment()).isEqualTo("first");
        assertThat(circuit.endpoints().getLast().attachment()).isEqualTo("second");
        assertThat(circuit.endpoints().getLast().port()).isEqualTo(new PortNumber(4));
        assertThat(circuit.route(Direction.FORWARD).meter())
                .isNotEqualTo(circuit.route(Direction.REVERSE).meter());
    }

    @Test
    void mirrorsThePathAndItsCapabilitiesIfNoWayBackIsGiven() {
        // When
        world.declare("mirrored", VlinkRequest.path("ac", "cd").bits(5_000_000));

        // Then
        Circuit circuit = world.admitted("mirrored");
        assertThat(circuit.route(Direction.REVERSE).links()).containsExactly("link-dc", "link-ca");
        assertThat(circuit.route(Direction.REVERSE).bandwidthBits()).isEqualTo(5_000_000);
    }

    @Test
    void anEqualRecordOfTheSameGenerationLeadsToNoDecision() {
        // Given
        world.declare("sample", VlinkRequest.ofTheGuide());
        assertThat(world.decide("sample").outcome()).isEqualTo(Outcome.ADMITTED);

        // When
        Decisions again = world.act();

        // Then
        assertThat(again.made()).isEmpty();
        assertThat(world.restart().made()).isEmpty();
    }
}
