package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.PortLocator;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Edits of a live network, or of its topology. */
final class EditTest {

    private final World world = World.ofTheGuide();
    private Circuit before;

    @SuppressWarnings("NullAway.Init") // set before each test
    EditTest() {}

    @BeforeEach
    void live() {
        world.attach("live", "ping", "node-a", "tap-1").attach("live", "pong", "node-e", "tap-2");
        world.declare("live", VlinkRequest.ofTheGuide().bits(20_000_000));
        before = world.admitted("live");
        assertThat(before.installable()).isTrue();
    }

    @Test
    void anotherBandwidthKeepsTheCircuit() {
        // When
        world.declare("live", VlinkRequest.ofTheGuide().bits(30_000_000));

        // Then
        Circuit after = world.admitted("live");
        assertThat(after.number()).isEqualTo(before.number());
        assertThat(after.generation()).isEqualTo(2);
        assertThat(after.route(Direction.FORWARD).hops())
                .isEqualTo(before.route(Direction.FORWARD).hops());
        assertThat(after.route(Direction.FORWARD).meter())
                .isEqualTo(before.route(Direction.FORWARD).meter());
        assertThat(after.route(Direction.FORWARD).bandwidthBits()).isEqualTo(30_000_000);
        assertThat(after.installable()).isTrue();
        assertThat(world.decision("live").retiring()).isEmpty();
    }

    @Test
    void otherLinksMakeANewCircuitBesideTheOldOne() {
        // When
        world.declare(
                "live",
                VlinkRequest.path("ab", "bd", "de").back("ed", "db", "ba").bits(20_000_000));

        // Then
        Circuit after = world.admitted("live");
        PathDecision decision = world.decision("live");
        assertThat(after.number()).isNotEqualTo(before.number());
        assertThat(after.installable()).isTrue();
        assertThat(after.endpoints().getFirst()).isEqualTo(before.endpoints().getFirst());
        assertThat(decision.retiring()).singleElement().satisfies(removal -> {
            assertThat(removal.circuit()).isEqualTo(before);
            assertThat(removal.since()).isEqualTo(world.now());
        });
        // Both circuits use link-de at the same time.
        assertThat(after.route(Direction.FORWARD).spans().getLast().lane().label())
                .isNotEqualTo(
                        before.route(Direction.FORWARD).spans().getLast().lane().label());
    }

    @Test
    void aChangeToBestEffortMakesANewCircuit() {
        world.declare("live", VlinkRequest.ofTheGuide());

        assertThat(world.admitted("live").number()).isNotEqualTo(before.number());
        assertThat(Objects.requireNonNull(world.decision("live").current())
                        .route(Direction.FORWARD)
                        .meter())
                .isNull();
    }

    @Test
    void twoEditsInARowRemoveTwoCircuits() {
        // When
        world.declare(
                "live",
                VlinkRequest.path("ab", "bd", "de").back("ed", "db", "ba").bits(20_000_000));
        Circuit between = world.admitted("live");
        world.declare("live", VlinkRequest.ofTheGuide().bits(20_000_000));

        // Then
        Circuit after = world.admitted("live");
        assertThat(after.number()).isNotIn(before.number(), between.number());
        assertThat(world.decision("live").retiring())
                .extracting(removal -> removal.circuit().number())
                .containsExactly(before.number(), between.number());
    }

    @Test
    void aConfirmationForOneCircuitRemovesOnlyThatOne() {
        // Given
        world.declare(
                "live",
                VlinkRequest.path("ab", "bd", "de").back("ed", "db", "ba").bits(20_000_000));
        Circuit between = world.admitted("live");
        world.declare("live", VlinkRequest.ofTheGuide().bits(20_000_000)).act();

        // When
        world.confirmRemoved("live", world.decision("live").revision(), List.of(before.number()));

        // Then
        PathDecision decision = world.decide("live");
        assertThat(decision.retiring())
                .singleElement()
                .satisfies(removal -> assertThat(removal.circuit().number()).isEqualTo(between.number()));
        assertThat(world.inQuarantine).containsOnlyKeys(before.number());
    }

    @Test
    void aConfirmationFromBeforeTheEditFreesNothing() {
        // Given: an old status that names the number, from a time when another circuit had it
        PathDecision first = world.decision("live");
        world.declare(
                        "live",
                        VlinkRequest.path("ab", "bd", "de")
                                .back("ed", "db", "ba")
                                .bits(20_000_000))
                .act();

        // When
        world.confirmRemoved("live", first.revision(), List.of(before.number()));

        // Then
        assertThat(world.act().made()).isEmpty();
        assertThat(world.decision("live").retiring()).hasSize(1);
    }

    @Test
    void tooManyEditsWaitUntilAnEarlierCircuitIsGone() {
        // Given: no switch confirms anything
        VlinkRequest one = VlinkRequest.ofTheGuide().bits(20_000_000);
        VlinkRequest other =
                VlinkRequest.path("ab", "bd", "de").back("ed", "db", "ba").bits(20_000_000);
        for (int i = 0; i < 40; i++) {
            world.declare("live", i % 2 == 0 ? other : one).act();
        }
        world.declare("live", VlinkRequest.path("ac", "cd").bits(20_000_000)).act();
        PathDecision refused = world.decision("live");
        assertThat(refused.violations()).singleElement().satisfies(violation -> assertThat(violation.reason())
                .isEqualTo("RemovalPending"));
        assertThat(refused.retiring()).hasSize(32);
        assertThat(refused.current()).isNotNull();
        assertThat(world.restart().made()).isEmpty();

        // When
        world.confirmRemoved("live");

        // Then
        assertThat(world.admitted("live").route(Direction.FORWARD).links()).containsExactly("link-ac", "link-cd");
    }

    @Test
    void otherEndpointsAreTakenByOtherAttachments() {
        // Given
        world.attach("live", "pang", "node-d", "tap-3").act();
        assertThat(world.decision("live").attachments())
                .anySatisfy(state -> assertThat(state.reason()).isEqualTo("NodeIsNoEnd"));

        // When
        world.declare("live", VlinkRequest.path("ac", "cd").bits(20_000_000));

        // Then
        Circuit after = world.admitted("live");
        assertThat(after.endpoints().getLast().attachment()).isEqualTo("pang");
        assertThat(after.installable()).isTrue();
        assertThat(world.decision("live").retiring().getFirst().circuit()).isEqualTo(before);
    }

    @Test
    void theNameOfAPathChangesNothingElse() {
        VlinkRequest request = VlinkRequest.ofTheGuide().bits(20_000_000);
        world.declare("live", request.named("renamed"));

        Circuit after = world.admitted("live");
        assertThat(after.route(Direction.FORWARD).name()).isEqualTo("renamed");
        assertThat(after.number()).isEqualTo(before.number());
    }

    @Test
    void aLinkMovedToAnotherPortIsFollowedByANewCircuit() {
        // When
        world.port("node-c", 40, "new-port", true);
        world.editLink("link-cd", spec -> from(spec, new LinkEnd("node-c", PortLocator.of("new-port"))));

        // Then
        Circuit after = world.admitted("live");
        assertThat(after.number()).isNotEqualTo(before.number());
        assertThat(Objects.requireNonNull(after.route(Direction.FORWARD)
                                .spans()
                                .get(1)
                                .lane()
                                .outPort())
                        .value())
                .isEqualTo(40);
        assertThat(world.decision("live").retiring()).singleElement().satisfies(removal -> assertThat(removal.circuit())
                .isEqualTo(before));
    }

    @Test
    void aLinkOfAnotherKindIsFollowedByANewCircuit() {
        // When
        world.editLink("link-cd", Edits.kind(LinkKind.VXLAN));

        // Then
        Circuit after = world.admitted("live");
        assertThat(after.number()).isNotEqualTo(before.number());
        assertThat(Objects.requireNonNull(after.route(Direction.FORWARD)
                                .spans()
                                .get(1)
                                .lane()
                                .label())
                        .toString())
                .startsWith("vni:");
    }

    @Test
    void aNodeWithAnotherSwitchIsFollowedByANewCircuit() {
        // When
        world.editNode("node-c", spec -> new NodeSpec(DatapathId.of("cc"), null, null, false));
        PathDecision unready = world.decide("live");

        // Then
        assertThat(unready.current()).isEqualTo(before);
        assertThat(World.bare(unready.impairments()))
                .singleElement()
                .satisfies(
                        impairment -> assertThat(impairment.message())
                                .isEqualTo(
                                        "The node node-c has the switch 00000000000000cc now, not 000000000000000c. Traffic stays where it was, since the path cannot follow: The port to-a of node-c, where the link link-ac ends, is not there: no port of switch 00000000000000cc is known yet."));

        // When
        world.port(DatapathId.of("cc"), 1, "to-a", true, true, null);
        world.port(DatapathId.of("cc"), 2, "to-d", true, true, null);

        // Then
        Circuit after = world.admitted("live");
        assertThat(after.number()).isNotEqualTo(before.number());
        assertThat(after.route(Direction.FORWARD).hops().get(1).datapathId()).isEqualTo(DatapathId.of("cc"));
        assertThat(world.decision("live").retiring()).hasSize(1);
    }

    @Test
    void aLinkMovedElsewhereLeavesTheCircuitInPlaceAndIsReported() {
        // When
        world.editLink("link-cd", spec -> from(spec, new LinkEnd("node-b", PortLocator.of("to-d"))));
        PathDecision decision = world.decide("live");

        // Then
        assertThat(decision.current()).isEqualTo(before);
        assertThat(decision.impairments()).singleElement().satisfies(impairment -> {
            assertThat(impairment.reason()).isEqualTo("TopologyChanged");
            assertThat(impairment.message()).contains("link-cd starts at node-b, but link-ac ends at node-c");
        });
        assertThat(world.restart().made()).isEmpty();
        world.editLink("link-cd", spec -> from(spec, new LinkEnd("node-c", PortLocator.of("to-d"))));
        assertThat(world.decide("live").impairments()).isEmpty();
        assertThat(world.decision("live").current()).isEqualTo(before);
    }

    private static LinkSpec from(LinkSpec spec, LinkEnd end) {
        return new LinkSpec(end, spec.to(), spec.capacityBits(), spec.latencyNanos(), spec.kind(), false);
    }
}
