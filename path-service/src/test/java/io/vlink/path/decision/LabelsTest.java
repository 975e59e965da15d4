package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.PortLocator;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Labels, meters and circuit numbers: one owner each, and reused only after a quarantine. */
final class LabelsTest {

    private final World world = World.ofTheGuide();

    @Test
    void noTwoNetworksShareALabelOnALinkNorANumber() {
        Set<Label> labels = new HashSet<>();
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            world.declare("n" + i, VlinkRequest.path("ac"));
            Circuit circuit = world.admitted("n" + i);
            assertThat(labels.add(labelOf(circuit))).isTrue();
            assertThat(numbers.add(circuit.number())).isTrue();
        }
    }

    @Test
    void labelsBelongToLinksAndNotToNetworks() {
        // Given
        world.declare("first", VlinkRequest.path("ac"));
        world.admitted("first");

        // When
        world.declare("second", VlinkRequest.path("ac", "cd"));

        // Then
        Circuit second = world.admitted("second");
        assertThat(second.route(Direction.FORWARD).spans().get(0).lane().label())
                .isEqualTo(Label.of("vlan:2"));
        assertThat(second.route(Direction.FORWARD).spans().get(1).lane().label())
                .isEqualTo(Label.of("vlan:1"));
    }

    @Test
    void vxlanLinksUseVnis() {
        world.cable("ef", Edits.kind(LinkKind.VXLAN)).declare("far", VlinkRequest.path("de", "ef"));

        Circuit circuit = world.admitted("far");
        assertThat(circuit.route(Direction.FORWARD).spans().get(0).lane().label())
                .isEqualTo(Label.of("vlan:1"));
        assertThat(circuit.route(Direction.FORWARD).spans().get(1).lane().label())
                .isEqualTo(Label.of("vni:1"));
    }

    @Test
    void linksThatEndAtOnePortNeverUseTheSameLabel() {
        // Given: node-x and node-y reach node-z through one port, which one of them names by its number
        long number = world.port("node-z", "uplink").value();
        for (String letter : List.of("x", "y", "z")) {
            world.node(letter);
        }
        world.link("link-xz", trunk("x", "uplink")).link("link-yz", trunk("y", Long.toString(number)));
        world.link("zx", spec -> spec).link("zy", spec -> spec);

        // When
        world.declare("x", oneWay("x")).declare("y", oneWay("y"));

        // Then
        assertThat(labelOf(world.admitted("x"))).isEqualTo(Label.of("vlan:1"));
        assertThat(labelOf(world.admitted("y"))).isEqualTo(Label.of("vlan:2"));
    }

    @Test
    void aRemovedLabelIsQuarantinedAndTheLongestReleasedIsReusedFirst() {
        // Given
        for (String name : new String[] {"one", "two", "three"}) {
            world.declare(name, VlinkRequest.path("ac"));
            world.admitted(name);
        }

        // When
        endpoint("two");
        world.pass(Duration.ofSeconds(1));
        endpoint("one");
        world.pass(Duration.ofMillis(999)).act();
        world.declare("early", VlinkRequest.path("ac"));
        assertThat(labelOf(world.admitted("early"))).isEqualTo(Label.of("vlan:4"));
        world.pass(Duration.ofSeconds(2)).act();

        // Then
        world.declare("next", VlinkRequest.path("ac"));
        assertThat(labelOf(world.admitted("next"))).isEqualTo(Label.of("vlan:2"));
        world.declare("afternext", VlinkRequest.path("ac"));
        assertThat(labelOf(world.admitted("afternext"))).isEqualTo(Label.of("vlan:1"));
    }

    @Test
    void aReusedLabelStaysTakenWhileTheRecordOfItsQuarantineStillExists() {
        // Given
        world.declare("before", VlinkRequest.path("ac").bits(1_000));
        Circuit before = world.admitted("before");
        endpoint("before");
        world.pass(World.SETTINGS.labelQuarantine()).act();
        world.declare("now", VlinkRequest.path("ac").bits(1_000));
        assertThat(world.admitted("now").number()).isEqualTo(before.number());

        // When
        assertThat(world.restart().made()).isEmpty();
        world.pass(World.SETTINGS.labelQuarantine()).act();

        // Then
        world.declare("next", VlinkRequest.path("ac").bits(1_000));
        Circuit next = world.admitted("next");
        assertThat(labelOf(next)).isEqualTo(Label.of("vlan:2"));
        assertThat(next.number()).isEqualTo(2);
        assertThat(next.route(Direction.FORWARD).meter()).isEqualTo(2);
    }

    @Test
    void aSecondQuarantineOfALabelOutlastsTheFirst() {
        // Given: both records of quarantine exist when path-service restarts, the earlier one under another circuit's
        // number
        world.declare("early", VlinkRequest.path("ab"));
        world.declare("later", VlinkRequest.path("ac"));
        world.admitted("later");
        endpoint("early");
        world.pass(Duration.ofMillis(1));
        endpoint("later");
        world.pass(World.SETTINGS.labelQuarantine()).act();
        world.declare("second", VlinkRequest.path("ac"));
        assertThat(labelOf(world.admitted("second"))).isEqualTo(Label.of("vlan:1"));
        assertThat(world.decision("second").current())
                .extracting(Circuit::number)
                .isEqualTo(1L);
        endpoint("second");

        // When
        assertThat(world.restart().made()).isEmpty();
        world.pass(World.SETTINGS.labelQuarantine().minusMillis(1)).act();

        // Then
        world.declare("next", VlinkRequest.path("ac"));
        assertThat(labelOf(world.admitted("next"))).isEqualTo(Label.of("vlan:2"));
    }

    @Test
    void aNetworkWaitsForALabelInQuarantine() {
        // Given: all 4,094
        for (int i = 1; i <= 4094; i++) {
            world.declare("n" + i, VlinkRequest.path("ac"));
        }
        Label label = labelOf(world.admitted("n7"));
        world.declare("late", VlinkRequest.path("ac"));
        PathDecision exhausted = world.decide("late");
        assertThat(exhausted.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(exhausted.violations().getFirst().reason()).isEqualTo("LabelsExhausted");
        assertThat(exhausted.violations().getFirst().message()).contains("4094 of 4094 are taken, 0 are in quarantine");

        // When
        endpoint("n7");
        world.declare("later", VlinkRequest.path("ac"));
        PathDecision removed = world.decide("later");
        assertThat(removed.violations().getFirst().message())
                .contains("1 are in quarantine until " + world.now().plus(World.SETTINGS.labelQuarantine()));
        assertThat(world.restart().made()).isEmpty();
        Decisions decisions = world.pass(World.SETTINGS.labelQuarantine()).act();

        // Then
        assertThat(decisions.made()).isNotEmpty();
        assertThat(labelOf(world.admitted("late"))).isEqualTo(label);
        assertThat(world.decision("later").outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aRefusalTakesNothing() {
        // Given: link-ac has labels left, link-cd has none
        for (int i = 1; i <= 4094; i++) {
            world.declare("n" + i, VlinkRequest.path("cd"));
        }
        world.act();

        // When
        world.declare("refused", VlinkRequest.path("ac", "cd").bits(1_000)).act();
        world.declare("other", VlinkRequest.path("ac").bits(1_000));

        // Then
        assertThat(world.decision("refused").violations().getFirst().field()).isEqualTo("$.path.links[1]");
        Circuit other = world.admitted("other");
        assertThat(labelOf(other)).isEqualTo(Label.of("vlan:1"));
        assertThat(other.route(Direction.FORWARD).meter()).isEqualTo(1);
        assertThat(other.number()).isEqualTo(4095);
    }

    @Test
    void aComputedPathAvoidsALinkWithoutLabels() {
        for (int i = 1; i <= 4094; i++) {
            world.declare("n" + i, VlinkRequest.path("ab"));
        }
        world.act();

        world.declare("computed", VlinkRequest.computed("a", "d"));

        assertThat(world.admitted("computed").route(Direction.FORWARD).links()).containsExactly("link-ac", "link-cd");
    }

    @Test
    void metersAreNumberedPerIngressSwitch() {
        world.declare("one", VlinkRequest.path("ac").bits(1_000_000));
        world.declare("two", VlinkRequest.path("ac").bits(1_000_000));

        assertThat(world.admitted("one").route(Direction.FORWARD).meter()).isEqualTo(1);
        assertThat(Objects.requireNonNull(world.decision("one").current())
                        .route(Direction.REVERSE)
                        .meter())
                .isEqualTo(1);
        assertThat(world.admitted("two").route(Direction.FORWARD).meter()).isEqualTo(2);
    }

    private void endpoint(String network) {
        world.withdraw(network).act();
        world.confirmRemoved(network).act();
    }

    private static VlinkRequest oneWay(String letter) {
        return VlinkRequest.path(letter + "z").backComputed();
    }

    private static LinkSpec trunk(String letter, String receiver) {
        return new LinkSpec(
                new LinkEnd("node-" + letter, PortLocator.of("out")),
                new LinkEnd("node-z", PortLocator.of(receiver)),
                World.GIGABIT,
                1_000,
                LinkKind.PLAIN,
                false);
    }

    private static Label labelOf(Circuit circuit) {
        return Objects.requireNonNull(
                circuit.route(Direction.FORWARD).spans().getFirst().lane().label());
    }
}
