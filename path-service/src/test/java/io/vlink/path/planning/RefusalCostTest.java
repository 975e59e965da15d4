package io.vlink.path.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.path.allocation.OwnReservation;
import io.vlink.path.sample.RandomGraph;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cost of refusing a computed path, compared with that of granting one between the same nodes. It is counted in links that
 * the searches look at, so it is the same on any machine.
 */
final class RefusalCostTest {

    private static final int PAIRS = 24;
    private static final long BITS = 1_000_000;
    private static final long MORE_THAN_ANY_LINK_HAS = 1_000_000_000_000L;
    private static final long ENOUGH = 1_000_000_000_000L;

    private final Random random = new Random(22);

    /** The cause of a refusal: changes the graph for the time of one request. */
    @FunctionalInterface
    private interface Hindrance {
        void set(RandomGraph graph, Pair pair, boolean there);
    }

    private record Pair(String from, String to) {}

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 2_000})
    void moreBandwidthThanAnyLinkHasCostsAtMostTwoGrants(int nodes) {
        assertCosts(RandomGraph.of(nodes, random), MORE_THAN_ANY_LINK_HAS, ENOUGH, (graph, pair, there) -> {});
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 2_000})
    void aStartWithNarrowLinksCostsAtMostTwoGrants(int nodes) {
        assertCosts(
                RandomGraph.of(nodes, random),
                2 * BITS,
                ENOUGH,
                (graph, pair, there) -> graph.capacities(pair.from(), there ? BITS : 9 * BITS));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 2_000})
    void aDestinationThatIsCutOffCostsAtMostTwoGrants(int nodes) {
        assertCosts(
                RandomGraph.of(nodes, random), BITS, ENOUGH, (graph, pair, there) -> graph.nodeUp(pair.to(), !there));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 2_000})
    void aStartThatIsCutOffCostsAtMostTwoGrants(int nodes) {
        assertCosts(
                RandomGraph.of(nodes, random), BITS, ENOUGH, (graph, pair, there) -> graph.nodeUp(pair.from(), !there));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 2_000})
    void lessLatencyThanTheFastestPathHasCostsAtMostTwoGrants(int nodes) {
        assertCosts(RandomGraph.of(nodes, random), BITS, 1, (graph, pair, there) -> {});
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 2_000})
    void aBottleneckInTheMiddleCostsAtMostTwoGrants(int nodes) {
        RandomGraph graph = RandomGraph.of(nodes, random);
        graph.capacitiesBetweenHalves(BITS);

        assertCosts(graph, 2 * BITS, ENOUGH, (same, pair, there) -> {});
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 2_000})
    void lessLatencyThanTheFastestWayBackHasCostsTwoSearches(int nodes) {
        // Given
        RandomGraph graph = RandomGraph.of(nodes, random);
        graph.latenciesBackToFirstHalf(ENOUGH / nodes);

        // When
        Plan plan = plan(graph, new Pair(graph.node(0), graph.node(nodes - 1)), BITS, ENOUGH / nodes - 1);

        // Then: each search looks at each link once, and again at those that leave the nodes of the path
        assertThat(plan).isInstanceOf(Plan.Infeasible.class);
        assertThat(graph.planner().looks()).isPositive().isLessThan(3L * graph.links());
    }

    private void assertCosts(RandomGraph graph, long bits, long nanos, Hindrance hindrance) {
        // Given
        long grants = 0;
        long refusals = 0;

        // When
        for (int i = 0; i < PAIRS; i++) {
            Pair pair = new Pair(graph.someNode(random), graph.someNode(random));
            if (graph.isInFirstHalf(pair.from()) && !graph.isInFirstHalf(pair.to())) {
                long before = graph.planner().looks();
                assertThat(plan(graph, pair, BITS, ENOUGH)).isInstanceOf(Plan.Granted.class);
                long granted = graph.planner().looks();
                hindrance.set(graph, pair, true);
                assertThat(plan(graph, pair, bits, nanos)).isInstanceOf(Plan.Infeasible.class);
                hindrance.set(graph, pair, false);
                grants += granted - before;
                refusals += graph.planner().looks() - granted;
            }
        }

        // Then
        assertThat(refusals).isPositive().isLessThanOrEqualTo(2 * grants);
    }

    private static Plan plan(RandomGraph graph, Pair pair, long bits, long nanos) {
        PathSpec path = new PathSpec("there", pair.from(), pair.to(), null, new Capabilities(bits, nanos));
        return graph.planner().plan(Demands.of(new Vlink(path, null, Protection.RESTORE)), OwnReservation.NOTHING);
    }
}
