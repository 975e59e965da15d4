package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.paths.Outcome;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A thousand networks that wait for a path: a change that helps none of them costs no search, whatever the search would
 * cost. Searches are counted by the links that they look at.
 */
final class WaitingCostTest {

    private static final int MANY = 1_000;
    private static final List<Consumer<World>> HELPS = List.of(
            world -> world.up("link-de"),
            world -> world.cable("be"),
            world -> world.cable("bf").cable("fe", Edits.latency(1)),
            world -> world.cable("ae", Edits.latency(700_000)));

    private final World world = World.ofTheGuide();

    @Test
    void changesThatHelpNoNetworkCostNoSearch() {
        // Given: networks that need more than the links at node-a have, and others that wait for a node
        declareMany("wide", VlinkRequest.computed("a", "e").bits(10 * World.GIGABIT));
        declareMany("nowhere", VlinkRequest.computed("a", "z").bits(1_000));
        long before = world.looks();

        // When
        world.cable("ef").cable("be").down("link-ef").act();
        world.up("link-ef").measured("link-cd", 100_000).editLink("link-dc", Edits.capacity(20 * World.GIGABIT));
        world.act();
        world.node("g");
        world.editNode("node-c", Edits.nodeMaintenance(true)).act();
        world.foreignNode("h", world.now(), true).withdrawLink("link-be").act();

        // Then
        assertThat(world.looks()).isEqualTo(before);
    }

    @Test
    void aSmallNetworkThatComesAndGoesCostsNoSearchForThoseThatNeedMore() {
        // Given
        world.declare("full", VlinkRequest.path("ab").bits(World.GIGABIT)).act();
        world.declare("also-full", VlinkRequest.path("ac").bits(World.GIGABIT)).act();
        declareMany("wide", VlinkRequest.computed("a", "e").bits(World.GIGABIT / 2));
        long before = world.looks();

        // When
        world.declare("full", VlinkRequest.path("ab").bits(World.GIGABIT - 1_000))
                .act();
        world.confirmRemoved("full").act();

        // Then
        assertThat(world.looks()).isEqualTo(before);
    }

    @Test
    void aLinkThatHelpsOneNetworkIsNotSearchedForByThoseThatComeTooLate() {
        // Given
        world.declare("full", VlinkRequest.path("ab").bits(World.GIGABIT)).act();
        world.declare("also-full", VlinkRequest.path("ac").bits(World.GIGABIT)).act();
        declareMany("half", VlinkRequest.computed("a", "e").bits(World.GIGABIT * 6 / 10));
        world.withdraw("full").act();
        long before = world.looks();

        // When
        world.confirmRemoved("full").act();

        // Then
        assertThat(world.decision("half0").outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(world.decision("half1").outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(world.looks() - before).isPositive().isLessThan(2L * world.links.size());
    }

    @Test
    void aLatencyThatLeadsNoNearerCostsNoSearch() {
        // Given: the fastest path takes 0.6 ms
        declareMany("fast", VlinkRequest.computed("a", "e").nanos(500_000));
        long before = world.looks();

        // When
        for (String link : List.of("link-bd", "link-db", "link-cd", "link-dc")) {
            world.measured(link, 200_000 + 1_000).act();
        }

        // Then
        assertThat(world.looks()).isEqualTo(before);
        world.measured("link-cd", 150_000).measured("link-dc", 150_000).act();
        assertThat(world.decision("fast0").outcome()).isEqualTo(Outcome.REFUSED);
        world.measured("link-ac", 100_000).measured("link-ca", 100_000).act();
        assertThat(world.decision("fast" + (MANY - 1)).outcome()).isEqualTo(Outcome.ADMITTED);
    }

    @Test
    void aRefusalIsRenewedWhenALinkThatItNamesChanges() {
        // Given
        world.declare("wide", VlinkRequest.computed("a", "e").bits(2 * World.GIGABIT));
        assertThat(world.decide("wide").violations().getFirst().message())
                .contains("the widest path (link-ab, link-bd, link-de) has 1 Gbit/s free");

        // When
        world.down("link-de");

        // Then
        assertThat(world.decide("wide").violations().getFirst().message())
                .contains("every path crosses a link that is down or in maintenance", "needs link-de");
    }

    @Test
    void eachChangeThatHelpsIsNoticed() {
        for (Consumer<World> help : HELPS) {
            // Given
            World each = World.ofTheGuide();
            each.down("link-de").cable("xy");
            each.declare("one", VlinkRequest.computed("a", "e").bits(1_000).nanos(700_000));
            assertThat(each.decide("one").outcome()).isEqualTo(Outcome.REFUSED);

            // When
            help.accept(each);

            // Then
            assertThat(each.admitted("one")).isNotNull();
        }
    }

    private void declareMany(String name, VlinkRequest request) {
        for (int i = 0; i < MANY; i++) {
            world.declare(name + i, request).pass(Duration.ofMillis(1));
        }
        world.act();
        assertThat(world.decision(name + (MANY - 1)).outcome()).isEqualTo(Outcome.REFUSED);
    }
}
