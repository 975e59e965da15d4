package io.vlink.path.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vlink.broker.LocalBroker;
import io.vlink.events.Direction;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.LinkShare;
import io.vlink.fixtures.DefaultLogSettings;
import io.vlink.health.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real broker, with the records of other services as input, and its own records as output. */
final class PathLogIT {

    private static LocalBroker broker;

    private final List<PathLog> running = new ArrayList<>();
    private Desk desk;

    @SuppressWarnings("NullAway.Init") // JUnit's life cycle sets the fields
    PathLogIT() {}

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = LocalBroker.start(0, directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void openDesk(TestInfo test) {
        start();
        // An overlay for each test, to keep each from seeing another's records.
        String name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        desk = new Desk(broker.bootstrapServers(), name.substring(0, Math.min(40, name.length())));
    }

    @AfterEach
    void stopAll() {
        running.forEach(log -> log.stop(new ShutdownEvent()));
        desk.close();
    }

    @Test
    void decidesFromTheRecordsInKafka() {
        // Given
        desk.topology();

        // When
        NetworkId id = desk.declare("sample", 1);
        desk.attach(id, "ping", "node-a");
        desk.attach(id, "pong", "node-b");

        // Then
        PathDecision decision = desk.awaitDecision(id, PathLogIT::isInstallable);
        assertThat(decision.outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(Objects.requireNonNull(decision.current())
                        .route(Direction.FORWARD)
                        .links())
                .containsExactly("link-ab");
        assertThat(decision.revision().generation()).isEqualTo(1);
    }

    @Test
    void changesNothingOnARestart() {
        // Given
        desk.topology();
        NetworkId live = desk.declare("live", 1);
        NetworkId refused = desk.network("refused", 1, false, List.of("link-nowhere"));
        // Ports are read independently of the other topics: a decision may be made again when they become known.
        desk.awaitDecision(live, it -> it.outcome() == Outcome.ADMITTED && knowsItsPorts(it));
        desk.awaitDecision(refused, it -> it.outcome() == Outcome.REFUSED);
        int before = desk.decisions(live).size();

        // When
        running.removeFirst().stop(new ShutdownEvent());
        start();
        NetworkId next = desk.declare("next", 1);

        // Then
        Circuit later = Objects.requireNonNull(
                desk.awaitDecision(next, it -> it.outcome() == Outcome.ADMITTED).current());
        assertThat(desk.decisions(live)).hasSize(before);
        assertThat(desk.decisions(refused)).hasSize(1);
        Circuit earlier = Objects.requireNonNull(
                Objects.requireNonNull(desk.decisions(live).getLast()).current());
        assertThat(later.number()).isNotEqualTo(earlier.number());
        assertThat(later.route(Direction.FORWARD).spans().getFirst().lane().label())
                .isNotEqualTo(earlier.route(Direction.FORWARD)
                        .spans()
                        .getFirst()
                        .lane()
                        .label());
    }

    @Test
    void deletesTheDecisionOfARemovedNetwork() {
        // Given
        desk.topology();
        NetworkId id = desk.id("sample");

        // When
        end("sample");
        desk.tombstone(Topic.NETWORKS, id);

        // Then
        desk.awaitTombstone(id);
    }

    @Test
    void givesReusedNumbersToNobodyElseAfterARestart() {
        // Given
        desk.topology();
        Circuit quarantined = endAndRest("first");
        Circuit again = admitted(desk.declare("second", 1));
        assertThat(again.number()).isEqualTo(quarantined.number());

        // When
        running.removeFirst().stop(new ShutdownEvent());
        start();

        // Then
        Circuit other = admitted(desk.declare("third", 1));
        assertThat(other.number()).isNotEqualTo(again.number());
        assertThat(other.route(Direction.FORWARD).spans().getFirst().lane().label())
                .isNotEqualTo(
                        again.route(Direction.FORWARD).spans().getFirst().lane().label());
    }

    @Test
    void keepsANewQuarantineWhenAnEarlierOneEnds() {
        // Given
        desk.topology();
        Circuit quarantined = endAndRest("first");

        // When
        Circuit again = end("second");

        // Then
        assertThat(again.number()).isEqualTo(quarantined.number());
        Instant until = desk.awaitQuarantine(again.number(), 2).until();
        assertThat(desk.awaitQuarantineDeleted(again.number())).isAfterOrEqualTo(until);
    }

    @Test
    void deletesStrayShareOnRestartAndKeepsOthers() {
        // Given
        desk.topology();
        desk.declare("free", 1);
        LinkShare.ShareKey wanted = desk.shareOf("a", 1);
        await().atMost(Desk.DEADLINE).until(() -> desk.share(wanted) != null);
        assertThat(desk.share(wanted))
                .isEqualTo(
                        new LinkShare(wanted.overlay(), wanted.datapathId(), wanted.port(), 1_000_000, 0, 1_000_000));

        // When: an earlier owner left a share behind
        running.removeFirst().stop(new ShutdownEvent());
        LinkShare.ShareKey stray = desk.shareOf("a", 2);
        desk.put(
                Topic.LINK_SHARES,
                stray,
                new LinkShare(stray.overlay(), stray.datapathId(), stray.port(), 1_000, 0, 1_000));
        await().atMost(Desk.DEADLINE).until(() -> desk.share(stray) != null);
        start();

        // Then
        await().atMost(Desk.DEADLINE).until(() -> desk.share(stray) == null);
        assertThat(desk.share(wanted)).isNotNull();
    }

    @Test
    void deletesTheShareWithTheLastBestEffort() {
        // Given
        desk.topology();
        desk.declare("free", 1);
        await().atMost(Desk.DEADLINE).until(() -> desk.share(desk.shareOf("a", 1)) != null);

        // When
        end("free");

        // Then
        await().atMost(Desk.DEADLINE).until(() -> desk.share(desk.shareOf("a", 1)) == null);
    }

    private Circuit endAndRest(String name) {
        Circuit circuit = end(name);
        Instant until = desk.awaitQuarantine(circuit.number(), 1).until();
        await().atMost(Desk.DEADLINE).until(() -> Instant.now().isAfter(until));
        return circuit;
    }

    private Circuit admitted(NetworkId id) {
        return Objects.requireNonNull(
                desk.awaitDecision(id, it -> it.outcome() == Outcome.ADMITTED).current());
    }

    /** Declares a network, and removes it until its circuit is in quarantine. */
    private Circuit end(String name) {
        Circuit circuit = admitted(desk.declare(name, 1));
        desk.withdraw(name, 2);
        NetworkId id = desk.id(name);
        desk.confirmRemoved(desk.awaitDecision(id, it -> it.outcome() == Outcome.WITHDRAWN));
        desk.awaitDecision(
                id, it -> it.outcome() == Outcome.WITHDRAWN && it.retiring().isEmpty());
        return circuit;
    }

    @Test
    void sendsAnUnreadableRecordToTheDeadLettersAndGoesOn() {
        // Given
        desk.topology();

        // When
        desk.unreadable(Topic.NETWORKS, desk.id("broken"));
        NetworkId id = desk.declare("sound", 1);

        // Then
        desk.awaitDecision(id, it -> it.outcome() == Outcome.ADMITTED);
        await().atMost(Desk.DEADLINE).untilAsserted(() -> assertThat(desk.deadLetters())
                .anyMatch(letter -> letter.contains("/ns/broken") && letter.contains("not a valid Network")));
    }

    @Test
    void writesNothingOnceFencedAndLoadsAgain() {
        // Given
        desk.topology();
        NetworkId first = desk.declare("first", 1);
        desk.awaitDecision(first, it -> it.outcome() == Outcome.ADMITTED);

        // When
        try (var successor = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        "path-service-" + desk.home()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            successor.initTransactions();
        }
        NetworkId second = desk.declare("second", 1);

        // Then
        desk.awaitDecision(second, it -> it.outcome() == Outcome.ADMITTED);
        assertThat(desk.decisions(second)).hasSize(1);
        assertThat(desk.decisions(first)).hasSize(1);
    }

    @Test
    void takesOverDecisionsOfAnotherInstance() {
        // Given
        desk.topology();
        NetworkId first = desk.declare("first", 1);
        desk.awaitDecision(first, it -> it.outcome() == Outcome.ADMITTED);
        PathLog successor = start();

        // When
        running.removeFirst().stop(new ShutdownEvent());
        await().atMost(Desk.DEADLINE).until(() -> isLoaded(successor));
        NetworkId second = desk.declare("second", 1);

        // Then
        desk.awaitDecision(second, it -> it.outcome() == Outcome.ADMITTED);
        assertThat(desk.decisions(first)).hasSize(1);
        assertThat(desk.decisions(second)).hasSize(1);
    }

    static boolean knowsItsPorts(PathDecision decision) {
        Circuit circuit = decision.current();
        return circuit != null
                && circuit.route(Direction.FORWARD).spans().getLast().lane().inPort() != null;
    }

    private static boolean isInstallable(PathDecision decision) {
        Circuit circuit = decision.current();
        return circuit != null && circuit.installable();
    }

    static boolean isLoaded(PathLog log) {
        return log.vitals().getFirst().loaded();
    }

    private PathLog start() {
        PathLog log = new PathLog(new Config(broker.bootstrapServers()), new SimpleMeterRegistry());
        log.start(new StartupEvent());
        running.add(log);
        await().atMost(Desk.DEADLINE).until(() -> isLoaded(log));
        return log;
    }

    /** The defaults, with short times. */
    record Config(String bootstrapServers) implements PathConfig, PathConfig.Times {

        @Override
        public LogSettings log() {
            return new DefaultLogSettings(bootstrapServers);
        }

        @Override
        public Times path() {
            return this;
        }

        @Override
        public Duration labelRest() {
            return Duration.ofMillis(1_500); // longer than the delay of a tombstone
        }

        @Override
        public Duration removalDeadline() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration latencyWindow() {
            return Duration.ofSeconds(60);
        }

        @Override
        public int bestEffortFloor() {
            return 0;
        }
    }
}
