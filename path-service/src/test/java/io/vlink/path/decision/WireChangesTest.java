package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.reasons.Violation;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.LiveVlink;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links in use that are moved or deleted: circuits stay on the old wire until they can move. */
final class WireChangesTest {

    private final World world = LiveVlink.world();
    private final Circuit before = world.admitted("live");

    @Test
    void aMovedLinkInUseGetsANewCircuitBesideTheOld() {
        world.port("node-c", 40, "to-d2", true).port("node-d", 41, "to-c2", true);
        world.editLink("link-cd", spec -> Edits.at(spec, Edits.end("node-c", "to-d2"), Edits.end("node-d", "to-c2")));

        Circuit after = world.admitted("live");
        assertThat(after.number()).isNotEqualTo(before.number());
        assertThat(LiveVlink.portAt(after, "node-d").value()).isEqualTo(41);
        assertThat(world.decision("live").retiring()).containsExactly(new CircuitRemoval(before, world.now(), false));
        assertThat(world.decision("live").impairments()).isEmpty();
        assertThat(world.restart().made()).isEmpty();
    }

    @Test
    void aTypoInTheEndsOfALinkInUseRemovesNothing() {
        // When
        world.editLink("link-cd", spec -> Edits.at(spec, Edits.end("node-c", "to-dd"), spec.to()));
        PathDecision decision = world.decide("live");

        // Then
        assertThat(decision.current()).isEqualTo(before);
        assertThat(World.bare(decision.impairments()))
                .containsExactly(new Impairment(
                        "$.path.links[1]",
                        "TopologyChanged",
                        "The link link-cd begins at port to-dd of node-c now, not at to-d. Traffic stays where it was, since the path cannot follow: The link link-cd is down (PortUnknown): its sending end to-dd of node-c is not there: switch 000000000000000c has no port named to-dd.",
                        Impairment.Effect.NOTE,
                        new Violation(
                                "$.path.links[1]",
                                "LinkDown",
                                "The link link-cd is down (PortUnknown): its sending end to-dd of node-c is not there: switch 000000000000000c has no port named to-dd."),
                        null));
        world.down("link-cd").act();
        assertThat(reasons()).containsExactly("TopologyChanged");
        assertThat(world.restart().made()).isEmpty();
        world.up("link-cd");
        world.editLink("link-cd", spec -> Edits.at(spec, Edits.end("node-c", "to-d"), spec.to()));
        assertThat(world.decide("live").impairments()).isEmpty();
        assertThat(world.decision("live").current()).isEqualTo(before);
    }

    @Test
    void aCircuitMovesOnceThePortsOfTheNewWireAreUp() {
        // Given
        world.port(World.switchOf("node-c"), 40, "to-d2", true, false, null);
        world.editLink("link-cd", spec -> Edits.at(spec, Edits.end("node-c", "to-d2"), spec.to()));
        assertThat(world.decide("live").current()).isEqualTo(before);
        assertThat(world.decision("live").impairments().getFirst().message()).contains("to-d2", "is down (since ");

        // When
        world.portUp("node-c", "to-d2", true);

        // Then
        assertThat(world.admitted("live").number()).isNotEqualTo(before.number());
    }

    @Test
    void theOldWireIsJudgedByThePortsAtItsEnds() {
        // Given
        world.withdrawLink("link-cd").act();
        assertThat(reasons()).containsExactly("TopologyChanged");

        // When
        world.portUp("node-d", "to-c", false).act();

        // Then
        assertThat(reasons()).containsExactly("TopologyChanged", "WireDown");
        assertThat(World.bare(world.decision("live").impairments()).getLast().message())
                .isEqualTo(
                        "The old wire of the link link-cd is still in use, but carries no traffic. The port to-c of node-d is down.");
        assertThat(world.restart().made()).isEmpty();

        // When
        world.portUp("node-d", "to-c", true).act();

        // Then
        assertThat(reasons()).containsExactly("TopologyChanged");
        assertThat(world.decision("live").current()).isEqualTo(before);
    }

    @Test
    void aComputedPathLeavesALinkThatWasDeleted() {
        // Given
        world.declare("computed", VlinkRequest.computed("a", "d"))
                .attach("computed", "x", "node-a", "tap-2")
                .attach("computed", "y", "node-d", "tap-2");
        Circuit there = world.admitted("computed");
        assertThat(there.route(Direction.FORWARD).links()).containsExactly("link-ab", "link-bd");

        // When
        world.withdrawLink("link-bd");

        // Then
        assertThat(world.admitted("computed").route(Direction.FORWARD).links()).containsExactly("link-ac", "link-cd");
        assertThat(world.decision("computed").impairments()).isEmpty();
        assertThat(world.decision("computed").retiring())
                .containsExactly(new CircuitRemoval(there, world.now(), false));
    }

    @Test
    void aReplacedDeadCircuitIsMarkedDead() {
        world.declare("computed", VlinkRequest.computed("a", "d"))
                .attach("computed", "x", "node-a", "tap-2")
                .attach("computed", "y", "node-d", "tap-2");
        Circuit there = world.admitted("computed");

        world.down("link-bd").act();

        assertThat(world.decision("computed").retiring())
                .containsExactly(new CircuitRemoval(there, world.now(), false, true, null));
    }

    @Test
    void aCircuitThatDiesWhileBeingRemovedIsMarkedDead() {
        // Given
        world.declare(
                "live",
                VlinkRequest.path("ab", "bd", "de").back("ed", "db", "ba").bits(LiveVlink.MOST));
        world.admitted("live");
        assertThat(world.decision("live").retiring().getFirst().carriesNothing())
                .isFalse();

        // When
        world.down("link-cd").act();

        // Then
        assertThat(world.decision("live").retiring().getFirst().carriesNothing())
                .isTrue();
        assertThat(world.restart().made()).isEmpty();
    }

    private List<String> reasons() {
        return world.decision("live").impairments().stream()
                .map(Impairment::reason)
                .toList();
    }
}
