package io.vlink.path.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Label;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The guide's vlink-sample, from declared to attached. */
final class GuideTest {

    private final World world = World.ofTheGuide();

    @Test
    void forwardCrossesACDEAndReverseEDBA() {
        // When
        world.declare("sample", Wish.ofTheGuide().bits(20_000_000).nanos(800_000));

        // Then
        Circuit circuit = world.admitted("sample");
        assertThat(circuit.forward().nodes()).containsExactly("node-a", "node-c", "node-d", "node-e");
        assertThat(circuit.reverse().nodes()).containsExactly("node-e", "node-d", "node-b", "node-a");
        assertThat(circuit.forward().bandwidthBits()).isEqualTo(20_000_000);
        assertThat(circuit.forward().latencyNanos()).isEqualTo(600_000);
        assertThat(circuit.forward().meter()).isEqualTo(1);
        assertThat(circuit.reverse().bandwidthBits()).isNull();
        assertThat(circuit.reverse().meter()).isNull();
        assertThat(circuit.from().port()).isNull();
        assertThat(circuit.installable()).isFalse();
    }

    @Test
    void eachHopHasThePortsAndLabelsOfItsLinks() {
        // When
        world.declare("sample", Wish.ofTheGuide());

        // Then
        Circuit circuit = world.admitted("sample");
        Hop transit = circuit.forward().hops().get(1);
        assertThat(transit)
                .isEqualTo(new Hop(
                        "node-c",
                        World.switchOf("node-c"),
                        "link-ac",
                        world.port("node-c", "to-a"),
                        Label.of("vlan:1"),
                        "link-cd",
                        world.port("node-c", "to-d"),
                        Label.of("vlan:1"),
                        PortLocator.of("to-a"),
                        PortLocator.of("to-d")));
        assertThat(circuit.forward().first().inLink()).isNull();
        assertThat(circuit.forward().last().outLink()).isNull();
    }

    @Test
    void isInstallableOnceBothEndsAreAttached() {
        // Given
        world.attach("sample", "ping", "node-a", "tap-ping").declare("sample", Wish.ofTheGuide());
        PathDecision half = world.decide("sample");
        assertThat(Objects.requireNonNull(half.current()).installable()).isFalse();

        // When
        world.attach("sample", "pong", "node-e", "tap-pong");

        // Then
        PathDecision whole = world.decide("sample");
        Circuit circuit = Objects.requireNonNull(whole.current());
        assertThat(circuit.installable()).isTrue();
        assertThat(circuit.from().attachment()).isEqualTo("ping");
        assertThat(circuit.from().port()).isEqualTo(world.port("node-a", "tap-ping"));
        assertThat(circuit.to().attachment()).isEqualTo("pong");
        assertThat(whole.attachments()).allMatch(state -> state.holds() && state.reason() == null);
        assertThat(whole.revision().generation()).isEqualTo(1);
        assertThat(whole.revision().step()).isEqualTo(half.revision().step() + 1);
    }

    @Test
    void bothEndsOnOneNodeCrossOneSwitchWithoutALabel() {
        // Given
        world.attach("local", "first", "node-a", "tap-1");
        world.pass(Duration.ofSeconds(1)).attach("local", "second", "node-a", "tap-2");

        // When
        world.declare("local", Wish.onOneNode("a").bits(1_000_000));

        // Then
        Circuit circuit = world.admitted("local");
        assertThat(circuit.installable()).isTrue();
        assertThat(circuit.forward().hops()).hasSize(1);
        assertThat(circuit.forward().first().outLabel()).isNull();
        assertThat(circuit.from().attachment()).isEqualTo("first");
        assertThat(circuit.to().attachment()).isEqualTo("second");
        assertThat(circuit.to().port()).isEqualTo(new PortNumber(4));
        assertThat(circuit.forward().meter()).isNotEqualTo(circuit.reverse().meter());
    }

    @Test
    void mirrorsThePathWithItsCapabilitiesWhereNoneIsGivenBack() {
        // When
        world.declare("mirrored", Wish.path("ac", "cd").bits(5_000_000));

        // Then
        Circuit circuit = world.admitted("mirrored");
        assertThat(circuit.reverse().links()).containsExactly("link-dc", "link-ca");
        assertThat(circuit.reverse().bandwidthBits()).isEqualTo(5_000_000);
    }

    @Test
    void anEqualRecordOfTheSameGenerationDecidesNothing() {
        // Given
        world.declare("sample", Wish.ofTheGuide());
        assertThat(world.decide("sample").outcome()).isEqualTo(Outcome.ADMITTED);

        // When
        Decisions again = world.act();

        // Then
        assertThat(again.made()).isEmpty();
        assertThat(world.restart().made()).isEmpty();
    }
}
