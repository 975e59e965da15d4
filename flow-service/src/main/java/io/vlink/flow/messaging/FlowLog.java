package io.vlink.flow.messaging;

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
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;

/** The log of this service. It is not fenced: records are ordered by their revision. */
@ApplicationScoped
class FlowLog implements Watched, Attending {

    private final EventLog<FlowShard> log;
    private final RollCall roll;

    FlowLog(FlowConfig config, FlowMeters meters, MeterRegistry registry) {
        LogConfig logConfig = logConfig(config.log());
        this.log = new EventLog<>(
                logConfig, (partition, epoch) -> shard(partition, config, meters), Clock.systemUTC(), registry);
        this.roll = new RollCall(
                logConfig, config.log().beat(), config.log().silence(), Attendance.of(log, this::vitals), registry);
    }

    static LogConfig logConfig(LogSettings config) {
        return new LogConfig(
                "flow-service",
                config.instanceId(),
                config.bootstrapServers(),
                config.partitions(),
                List.of(Topic.PATHS, Topic.RULE_STATES, Topic.STATUSES),
                List.of(Topic.RULES, Topic.STATUSES),
                List.of(Topic.SWITCHES, Topic.RULES, Topic.LINK_STATES, Topic.LINK_SHARES),
                false,
                OnLoss.HALT,
                List.of(),
                config.client());
    }

    private FlowShard shard(int partition, FlowConfig config, FlowMeters meters) {
        return new FlowShard(partition, config.log().partitions(), config.flow().settling(), meters, this::services);
    }

    void start(@Observes StartupEvent event) {
        log.start();
        roll.onChange(log::heard);
        roll.onChange(services -> log.submitToAll(shard -> shard.heard(services)));
        roll.start();
    }

    void stop(@Observes ShutdownEvent event) {
        log.close();
        roll.close();
    }

    @Override
    public List<Vitals> vitals() {
        return List.of(log.vitals("rules"));
    }

    @Override
    public Services services() {
        return roll.services();
    }
}
