package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Computed paths with a limit of latency over links that are faster in one direction than in the other. */
final class LatencyBothWaysTest {

    private static final String NODES = "abcdef";
    private static final int STAGES = 20;

    private final World world = new World();

    /** Returns as many seeds as {@code -Dgraphs} sets. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("graphs", 400));
    }

    @Test
    void aPathOfUnevenLinksIsFoundIfItsSumsAreSmallEnoughBothWays() {
        // Given: over b 0.6 ms both ways, over e 0.1 ms there and 1 ms back, over c 0.8 ms both ways
        cable("ab", 500_000, 100_000);
        cable("bd", 100_000, 500_000);
        cable("ae", 50_000, 500_000);
        cable("ed", 50_000, 500_000);
        cable("ac", 400_000, 400_000);
        cable("cd", 400_000, 400_000);

        // When
        world.declare("uneven", VlinkRequest.computed("a", "d").nanos(600_000));

        // Then
        assertThat(world.admitted("uneven").route(Direction.FORWARD).links()).containsExactly("link-ab", "link-bd");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theResultIsThatOfAnEnumerationOfAllPaths(long seed) {
        // Given: a limit that some path just meets, or that none meets
        Random random = new Random(seed);
        randomCables(random);
        List<List<Link>> paths = allPaths("node-a", "node-f", new HashSet<>());
        long least = paths.stream()
                .mapToLong(path -> Math.max(there(path), back(path)))
                .min()
                .orElse(0);
        long max = Math.max(1, least - random.nextInt(2));

        // When
        PathDecision decision = world.declare(
                        "asked", VlinkRequest.computed("a", "f").nanos(max))
                .decide("asked");

        // Then
        List<Link> expected = bestOf(paths, max);
        if (expected == null) {
            assertThat(decision.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(decision.violations()).singleElement().satisfies(violation -> assertThat(violation.message())
                    .startsWith("There is no path from node-a to node-f: ")
                    .doesNotContain("cut short"));
        } else {
            assertThat(world.admitted("asked").route(Direction.FORWARD).links()).isEqualTo(names(expected));
        }
    }

    @Test
    void aRefusalAfterASearchThatWasCutShortDoesNotClaimThatThereIsNoPath() {
        // Given: of each path, the latencies there and back add up to the same, so no link rules out any other
        String last = ladder();
        long both = (1L << STAGES) - 1;

        // When
        world.declare("vain", VlinkRequest.computed("a", last).nanos(both / 2));

        // Then
        PathDecision decision = world.decide("vain");
        assertThat(decision.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(World.bare(decision.violations())).singleElement().satisfies(violation -> {
            assertThat(violation.reason()).isEqualTo("PathNotFound");
            assertThat(violation.message())
                    .startsWith(
                            "No path from node-a to node-u was found, but there may be one: the search was cut short")
                    .doesNotContain("There is no path");
        });
    }

    @Test
    void aSearchThatIsCutShortStillGrantsAPathThatIsFastInEachDirection() {
        // Given
        String last = ladder();
        long enough = (1L << (STAGES - 1)) - 1;
        cable("a" + last, enough, enough);

        // When
        world.declare("direct", VlinkRequest.computed("a", last).nanos(enough));

        // Then
        assertThat(world.admitted("direct").route(Direction.FORWARD).links()).containsExactly("link-a" + last);
    }

    @Test
    void aRefusalTellsTheFastestPathsOfBothWays() {
        // Given
        cable("ab", 100_000, 700_000);
        cable("bd", 100_000, 700_000);
        cable("ac", 300_000, 200_000);
        cable("cd", 300_000, 200_000);

        // When
        world.declare("vain", VlinkRequest.computed("a", "d").nanos(500_000));

        // Then
        assertThat(World.bare(world.decide("vain").violations()))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message())
                        .isEqualTo("There is no path from node-a to node-d: no path that meets all other demands is"
                                + " fast enough both ways; the fastest there (link-ab, link-bd) takes 0.2 ms,"
                                + " and 1.4 ms on the way back; the fastest on the way back (link-dc, link-ca)"
                                + " takes 0.4 ms, and 0.6 ms there; at most 0.5 ms is allowed."));
    }

    /** Makes stages of two cables each, of which one takes all its time there, and the other on the way back; returns the last node. */
    private String ladder() {
        for (int i = 0; i < STAGES; i++) {
            char from = (char) ('a' + i);
            String ends = from + String.valueOf((char) (from + 1));
            cable(ends, 1L << i, 0);
            parallel(ends, 0, 1L << i);
        }
        return String.valueOf((char) ('a' + STAGES));
    }

    private void randomCables(Random random) {
        for (int i = 0; i < NODES.length(); i++) {
            world.node(NODES.substring(i, i + 1));
            for (int j = i + 1; j < NODES.length(); j++) {
                String ends = NODES.substring(i, i + 1) + NODES.charAt(j);
                if (random.nextInt(10) < 6) {
                    cable(ends, someLatency(random), someLatency(random));
                    if (random.nextInt(4) == 0) {
                        parallel(ends, someLatency(random), someLatency(random));
                    }
                }
            }
        }
    }

    /** Returns one of few latencies, to have many equal sums; some are 0. */
    private static long someLatency(Random random) {
        return 100_000L * random.nextInt(9);
    }

    private void cable(String ends, long there, long back) {
        world.link(ends, Edits.latency(there));
        world.link(new StringBuilder(ends).reverse().toString(), Edits.latency(back));
    }

    /** Makes a second cable between two nodes, at ports of its own. */
    private void parallel(String ends, long there, long back) {
        String from = ends.substring(0, 1);
        String to = ends.substring(1);
        LinkEnd one = Edits.end("node-" + from, "also-to-" + to);
        LinkEnd other = Edits.end("node-" + to, "also-to-" + from);
        world.link("also-" + from + to, new LinkSpec(one, other, World.GIGABIT, there, LinkKind.PLAIN, false));
        world.link("also-" + to + from, new LinkSpec(other, one, World.GIGABIT, back, LinkKind.PLAIN, false));
    }

    private List<List<Link>> allPaths(String from, String to, Set<String> visited) {
        List<List<Link>> found = new ArrayList<>();
        if (from.equals(to)) {
            found.add(List.of());
            return found;
        }
        visited.add(from);
        for (Link link : world.links.values()) {
            String next = link.spec().to().node();
            if (link.spec().from().node().equals(from) && !visited.contains(next)) {
                for (List<Link> onward : allPaths(next, to, visited)) {
                    List<Link> path = new ArrayList<>(List.of(link));
                    path.addAll(onward);
                    found.add(path);
                }
            }
        }
        visited.remove(from);
        return found;
    }

    private @Nullable List<Link> bestOf(List<List<Link>> paths, long max) {
        return paths.stream()
                .filter(path -> there(path) <= max && back(path) <= max)
                .min(Comparator.<List<Link>>comparingLong(this::there)
                        .thenComparing(List::size)
                        .thenComparing(path -> String.join(" ", names(path))))
                .orElse(null);
    }

    private long there(List<Link> path) {
        return path.stream().mapToLong(link -> link.spec().latencyNanos()).sum();
    }

    private long back(List<Link> path) {
        return path.stream().mapToLong(this::latencyBack).sum();
    }

    private long latencyBack(Link link) {
        for (Link other : world.links.values()) {
            if (other.spec().from().equals(link.spec().to())
                    && other.spec().to().equals(link.spec().from())) {
                return other.spec().latencyNanos();
            }
        }
        throw new AssertionError("No link is opposite to " + link);
    }

    private static List<String> names(List<Link> path) {
        return path.stream().map(link -> link.id().name()).toList();
    }
}
