package io.vlink.path.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vlink.events.Topic;
import io.vlink.events.services.Services;
import io.vlink.health.Attending;
import io.vlink.health.LogSettings;
import io.vlink.health.Watched;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.Vitals;
import io.vlink.log.roll.Attendance;
import io.vlink.log.roll.RollCall;
import io.vlink.log.serving.EventLog;
import io.vlink.path.decision.PathSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** The service's one connection to Kafka: the topics it reads, the topics it owns, and the exclusive right to write decisions. */
@Singleton
final class PathLog implements Watched, Attending {

    private final EventLog<PathShard> log;
    private final RollCall roll;
    private final StrayShares strays;

    PathLog(PathConfig config, MeterRegistry metrics) {
        PathSettings settings = new PathSettings(
                config.path().labelRest(),
                config.path().removalDeadline(),
                config.path().latencyWindow(),
                config.path().bestEffortFloor());
        int partitions = config.log().partitions();
        DecisionWriter writer = new DecisionWriter(metrics);
        this.strays = new StrayShares(logConfig(config.log()), this::inTurn);
        this.log = new EventLog<>(
                logConfig(config.log()),
                (partition, epoch) -> new PathShard(partition, partitions, settings, writer, strays),
                Clock.systemUTC(),
                metrics);
        this.roll = new RollCall(
                logConfig(config.log()),
                config.log().beat(),
                config.log().silence(),
                Attendance.of(log, this::vitals),
                metrics);
    }

    private void inTurn(int partition, Consumer<PathShard> command) {
        log.submit(partition, command, () -> {});
    }

    void start(@Observes StartupEvent started) {
        strays.start();
        log.start();
        roll.onChange(log::heard);
        roll.start();
    }

    void stop(@Observes ShutdownEvent stopped) {
        log.close();
        strays.close();
        roll.close();
    }

    @Override
    public List<Vitals> vitals() {
        return List.of(log.vitals("decisions"));
    }

    @Override
    public Services services() {
        return roll.services();
    }

    static LogConfig logConfig(LogSettings config) {
        return new LogConfig(
                "path-service",
                config.instanceId(),
                config.bootstrapServers(),
                config.partitions(),
                List.of(
                        Topic.INQUIRIES,
                        Topic.LINKS,
                        Topic.LINK_STATES,
                        Topic.NETWORKS,
                        Topic.ATTACHMENTS,
                        Topic.STATUSES,
                        Topic.PATHS,
                        Topic.RESTING),
                List.of(Topic.PATHS, Topic.RESTING),
                List.of(Topic.PORTS, Topic.NODES),
                true,
                OnLoss.HALT,
                List.of(Topic.LINK_SHARES),
                List.of(Topic.NODES), // owned until all nodes have been read
                config.client());
    }
}
