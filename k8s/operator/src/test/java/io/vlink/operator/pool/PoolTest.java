package io.vlink.operator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.operator.pod.NetworkPod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PoolTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUARANTINE = Duration.ofSeconds(10);
    private static final Hold PROMISED = Hold.promised("c", "ns/net", "ns", NOW);

    @Test
    void reservesAPortThatIsFreeOnEveryNodeWhereThePodMayRun() {
        Pool pool = new Pool(List.of(port(2, Set.of(), Map.of()), port(1, Set.of("b"), Map.of())));

        assertThat(taken(pool, "a")).isEqualTo(1);
        assertThat(taken(pool, "b")).isEqualTo(2);
        assertThat(taken(pool, "a", "b")).isEqualTo(2);
        Pool next = new Pool(List.of(
                port(1, Set.of("b"), Map.of()), Objects.requireNonNull(pool.take(List.of("a", "b"), PROMISED))));
        assertThat(taken(next, "a")).isEqualTo(1);
        assertThat(next.take(List.of("b"), PROMISED)).isNull();
    }

    @Test
    void aPlacedPodKeepsItsPortOnItsNodeOnly() {
        Pool pool = held(PROMISED, "a", "b");

        assertThat(settled(pool, pod("a", "u", false), 1)).containsOnlyKeys("a");
        assertThat(settled(pool, pod(null, "u", false), 1)).containsOnlyKeys("a", "b");
        // The overlay got another node.
        assertThat(settled(pool, pod("z", "u", false), 1)).containsOnlyKeys("z");
    }

    @Test
    void releasesThePortOfAGonePodAfterARest() {
        // Given
        Pool bound = held(PROMISED.by(pod("a", "u", false)), "a");

        // When
        Map<String, Hold> missed = settled(bound, null, 5);

        // Then
        assertThat(Objects.requireNonNull(missed.get("a")).leftAt()).isNotNull();
        Pool quarantining = new Pool(List.of(port(1, Set.of(), missed)));
        assertThat(settled(quarantining, null, 14)).containsOnlyKeys("a");
        assertThat(settled(quarantining, null, 16)).isEmpty();
        assertThat(quarantining.settled(List.of(), hold -> true, PATIENCE, QUARANTINE, NOW.plusSeconds(60)))
                .isEmpty();
        assertThat(settled(bound, pod("a", "another", false), 5).values()).allMatch(hold -> hold.leftAt() != null);
        assertThat(settled(bound, pod("a", "u", true), 5).values()).allMatch(hold -> hold.leftAt() != null);
    }

    @Test
    void releasesAPortWhosePodWasNeverCreated() {
        assertThat(settled(held(PROMISED, "a"), null, 119)).containsOnlyKeys("a");
        assertThat(settled(held(PROMISED, "a"), null, 121)).isEmpty();
    }

    @Test
    void aPodHoldsOnlyItsOwnPortsOfTheNetwork() {
        Pool pool = held(PROMISED, "a");

        assertThat(pool.heldBy(pod("a", "u", false), "ns/net")).containsExactly(Map.entry("l2sm/o-veth1", 1));
        assertThat(pool.heldBy(pod("a", "u", false), "ns/other")).isEmpty();
        assertThat(pool.heldBy(pod("b", "u", false), "ns/net")).isEmpty();
        assertThat(held(PROMISED.by(pod("a", "another", false)), "a").heldBy(pod("a", "u", false), "ns/net"))
                .isEmpty();
    }

    private static int taken(Pool pool, String... nodes) {
        return Objects.requireNonNull(pool.take(List.of(nodes), PROMISED)).number();
    }

    private static Pool held(Hold hold, String... nodes) {
        return new Pool(List.of(port(1, Set.of(), Map.of()).heldOn(List.of(nodes), hold)));
    }

    private static Map<String, Hold> settled(Pool pool, @Nullable NetworkPod pod, int seconds) {
        List<PoolPort> changed = pool.settled(
                pod == null ? List.of() : List.of(pod), hold -> false, PATIENCE, QUARANTINE, NOW.plusSeconds(seconds));
        return (changed.isEmpty() ? pool.ports() : changed).getFirst().holds();
    }

    private static PoolPort port(int number, Set<String> foreign, Map<String, Hold> holds) {
        return new PoolPort(number, "l2sm/o-veth" + number, foreign, holds);
    }

    private static NetworkPod pod(@Nullable String node, String uid, boolean ended) {
        return new NetworkPod("ns", "p", uid, node, ended, "c", List.of(), List.of(), Map.of());
    }
}
