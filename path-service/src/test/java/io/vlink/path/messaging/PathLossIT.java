package io.vlink.path.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vlink.broker.LocalBroker;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.log.kafka.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on a broker of its own that loses the declared networks. */
final class PathLossIT {

    private LocalBroker broker;
    private PathLog log;
    private Desk desk;

    @SuppressWarnings("NullAway.Init") // JUnit's life cycle sets the fields
    PathLossIT() {}

    @BeforeEach
    void start(@TempDir Path directory) {
        broker = LocalBroker.start(0, directory);
        log = new PathLog(new PathLogIT.Config(broker.bootstrapServers()), new SimpleMeterRegistry());
        log.start(new StartupEvent());
        await().atMost(Desk.DEADLINE).until(() -> PathLogIT.isLoaded(log));
        desk = new Desk(broker.bootstrapServers(), "loss");
    }

    @AfterEach
    void stop() {
        log.stop(new ShutdownEvent());
        desk.close();
        broker.close();
    }

    @Test
    void decidesNothingAfterTheLossOfNetworks() throws Exception {
        // Given
        desk.topology();
        NetworkId id = desk.declare("kept", 1);
        desk.awaitDecision(id, it -> it.outcome() == Outcome.ADMITTED && PathLogIT.knowsItsPorts(it));
        int before = desk.decisions(id).size();
        List<String> networks = List.of(Topic.NETWORKS.topicName());

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // When
            admin.deleteTopics(networks).all().get(60, TimeUnit.SECONDS);

            // Then: it reports the loss and what to do
            await().atMost(Desk.DEADLINE)
                    .untilAsserted(() -> assertThat(log.vitals().getFirst().halted())
                            .contains("The topic vlink.networks is gone since 20", "./vlink suite"));
            await().atMost(Desk.DEADLINE).until(() -> !PathLogIT.isLoaded(log));

            // When: another creates the topic again, empty
            TopicSetup.make(admin, List.of(Topic.NETWORKS), Desk.PARTITIONS, Optional.empty());
        }

        // Then
        await().atMost(Desk.DEADLINE)
                .untilAsserted(
                        () -> assertThat(log.vitals().getFirst().halted()).contains("vlink.networks was recreated"));
        await().during(Duration.ofSeconds(3)).atMost(Desk.DEADLINE).until(() -> {
            desk.poll();
            return desk.decisions(id).size() == before;
        });
    }

    @Test
    void decidesNothingAfterALaterBuild() {
        // Given
        desk.topology();
        NetworkId id = desk.declare("kept", 1);
        PathDecision decided =
                desk.awaitDecision(id, it -> it.outcome() == Outcome.ADMITTED && PathLogIT.knowsItsPorts(it));
        log.stop(new ShutdownEvent());
        desk.putOfLaterBuild(Topic.PATHS, id, decided);

        // When
        log = new PathLog(new PathLogIT.Config(broker.bootstrapServers()), new SimpleMeterRegistry());
        log.start(new StartupEvent());
        NetworkId other = desk.declare("other", 2);

        // Then: neither about that network nor about another
        await().atMost(Desk.DEADLINE)
                .untilAsserted(() -> assertThat(log.vitals().getFirst().halted())
                        .contains(
                                " of vlink.paths, partition ",
                                "has the schema number " + (Topic.PATHS.schema() + 1),
                                "Upgrade this service"));
        int before = desk.decisions(id).size();
        await().during(Duration.ofSeconds(3)).atMost(Desk.DEADLINE).until(() -> {
            desk.poll();
            return desk.decisions(other).isEmpty() && desk.decisions(id).size() <= before + 1;
        });
        assertThat(PathLogIT.isLoaded(log)).isFalse();

        // When: a build of today wrote the last record
        desk.put(Topic.PATHS, id, decided);

        // Then: the decision stands
        desk.awaitDecision(other, it -> true);
        assertThat(log.vitals().getFirst().halted()).isNull();
        assertThat(desk.decisions(id).getLast()).isEqualTo(decided);
    }
}
