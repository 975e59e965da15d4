package io.vlink.gateway.messaging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.services.ServiceInstance;
import io.vlink.events.services.Services;
import io.vlink.events.services.Sighting;
import io.vlink.gateway.openflow.connection.OpenFlowServer;
import io.vlink.gateway.openflow.connection.OpenFlowSettings;
import io.vlink.gateway.openflow.exchanges.RawTables;
import io.vlink.gateway.ovsdb.BridgeWatches;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.control.Strangers;
import io.vlink.gateway.switches.control.SwitchSettings;
import io.vlink.gateway.switches.possession.Decision;
import io.vlink.health.Attending;
import io.vlink.health.LogSettings;
import io.vlink.health.Watched;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.Partitions;
import io.vlink.log.Vitals;
import io.vlink.log.roll.Attendance;
import io.vlink.log.roll.RollCall;
import io.vlink.log.serving.EventLog;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The running service: listens for switches, reads the log, and connects the two. */
@Singleton
class Gateway implements Watched, Attending {

    private static final int MAX_PORT = 65_535;
    private static final Duration TABLES_PATIENCE = Duration.ofSeconds(20);

    private final EventLog<GatewayShard> log;
    private final RollCall roll;
    private final OpenFlowServer openFlow;
    private final BridgeWatches bridges;
    private final CountersOut counters;
    private final LeftAlone leftAlone = new LeftAlone();
    private final Elsewhere elsewhere;
    private final Clock clock;
    private final SuiteWord word = new SuiteWord();
    private final StrayCounters strays;

    Gateway(GatewayConfig config, MeterRegistry metrics) {
        this.clock = Clock.systemUTC();
        String name = config.gateway().name().orElseGet(Gateway::hostName);
        this.elsewhere = new Elsewhere(name);
        int partitions = config.log().partitions();
        this.bridges = new BridgeWatches(this::on);
        this.openFlow = new OpenFlowServer(
                openFlow(config.gateway().openflow()),
                this::on,
                bridges::recorded,
                id -> Optional.ofNullable(elsewhere.host(id)),
                clock,
                metrics);
        this.counters = new CountersOut(logConfig(config.log()));
        CommandDispatcher edge = new CommandDispatcher(openFlow, bridges, counters);
        this.strays = new StrayCounters(logConfig(config.log()), counters, this::submit);
        SwitchSettings switches = new SwitchSettings(
                name,
                config.gateway().countersEvery(),
                config.gateway().retryEvery(),
                config.gateway().foreignEvery(),
                config.gateway().grace());
        Strangers strangers = new Strangers(config.gateway().undeclaredSwitches(), partitions);
        int tunnelPort = udpPort(config.gateway().tunnels().port());
        this.log = new EventLog<>(
                logConfig(config.log()),
                (partition, epoch) -> new GatewayShard(
                        partition,
                        partitions,
                        epoch,
                        switches,
                        edge,
                        new SwitchMeters(metrics),
                        strangers,
                        tunnelPort,
                        clock,
                        leftAlone,
                        elsewhere,
                        word,
                        strays),
                clock,
                metrics);
        this.roll = new RollCall(
                logConfig(config.log()),
                config.log().beat(),
                config.log().silence(),
                attendance(Attendance.of(log, this::vitals, this::sightings)),
                metrics);
        roll.onPeer(this::on);
        FunctionCounter.builder("vlink.gateway.flow.mods", openFlow, OpenFlowServer::flowModsSent)
                .description("Flow mods sent to switches")
                .register(metrics);
        FunctionCounter.builder("vlink.gateway.tunnel.changes", bridges, BridgeWatches::tunnelChanges)
                .description("Tunnel ports created, changed or removed over OVSDB")
                .register(metrics);
        Gauge.builder("vlink.gateway.switches", openFlow, OpenFlowServer::connectedSwitches)
                .description("Connected switches")
                .register(metrics);
    }

    /** Adds to the usual attendance the suite that this gateway works with, and its doubts about that. */
    private Attendance attendance(Attendance usual) {
        return new Attendance() {
            @Override
            public void prove(Runnable proven) {
                usual.prove(proven);
            }

            @Override
            public Set<Integer> served() {
                return usual.served();
            }

            @Override
            public @Nullable String reason() {
                return usual.reason();
            }

            @Override
            public @Nullable List<Sighting> sightings() {
                return usual.sightings();
            }

            @Override
            public @Nullable String suite() {
                return word.suite(clock.instant());
            }

            @Override
            public @Nullable String doubt() {
                return Gateway.this.doubt();
            }

            @Override
            public @Nullable String member() {
                return usual.member();
            }

            @Override
            public void onNews(Runnable listener) {
                usual.onNews(listener);
            }
        };
    }

    void start(@Observes StartupEvent event) {
        openFlow.start();
        strays.start();
        log.start();
        roll.start();
    }

    /** Closes the log first: disconnects caused by this stop must not be reported. */
    void stop(@Observes ShutdownEvent event) {
        log.close();
        strays.close();
        roll.close();
        openFlow.close();
        bridges.close();
        counters.close(); // may wait for Kafka
    }

    @Override
    public List<Vitals> vitals() {
        return List.of(log.vitals("rules"));
    }

    @Override
    public Services services() {
        return roll.services();
    }

    /** Returns none: {@link PossessionCheck} covers the switches that this gateway leaves alone, and doubts of others do not count. */
    @Override
    public List<String> doubts() {
        return List.of();
    }

    Duration eventLoopsBusyFor() {
        return openFlow.longestSilence();
    }

    int connectedSwitches() {
        return openFlow.connectedSwitches();
    }

    boolean isListening() {
        return openFlow.isListening();
    }

    /** Returns the TCP port that switches connect to. */
    int port() {
        return openFlow.port();
    }

    /** Returns the switches that are connected here. */
    List<DatapathId> datapathIds() {
        return openFlow.datapathIds();
    }

    /** Reads all tables of a switch from the switch itself. */
    CompletableFuture<RawTables> tables(DatapathId datapathId) {
        return openFlow.tables(datapathId, TABLES_PATIENCE);
    }

    LeftAlone leftAlone() {
        return leftAlone;
    }

    /** Returns the reason why the whole suite is not ready, in words; null: there is none. */
    @Nullable String doubt() {
        return leftAlone.doubt(datapathIds());
    }

    /** Applies an operator's decision about switches that are left alone. */
    void decide(Set<DatapathId> ids, Decision decision) {
        log.submitToAll(shard -> shard.decide(ids, decision));
    }

    long flowModsSent() {
        return openFlow.flowModsSent();
    }

    /** Passes an event from an event loop to the shard of the switch, or releases the switch if another gateway owns it. */
    private void on(SwitchEvent event) {
        log.submit(Partitions.of(event.datapathId(), log.partitions()), shard -> shard.on(event), () -> {
            if (event instanceof SwitchEvent.Connected) {
                openFlow.release(event.datapathId()::equals);
            } else if (event instanceof SwitchEvent.Rivalled rivalled) {
                elsewhere.refused(rivalled, clock.instant());
            }
        });
    }

    private List<Sighting> sightings() {
        return elsewhere.sightings(openFlow.guests(), this::owns, clock.instant());
    }

    private boolean owns(DatapathId id) {
        return log.owns(Partitions.of(id, log.partitions()));
    }

    /** Handles the sightings of this gateway's switches by another gateway. */
    private void on(ServiceInstance peer) {
        for (Sighting sighting : Objects.requireNonNullElse(peer.sightings(), List.<Sighting>of())) {
            SwitchEvent event = sighting.refused()
                    ? new SwitchEvent.Rivalled(sighting.datapathId(), sighting.address())
                    : new SwitchEvent.SeenElsewhere(
                            sighting.datapathId(), peer.instance(), sighting.address(), sighting.hardwareAddresses());
            submit(Partitions.of(event.datapathId(), log.partitions()), shard -> shard.on(event));
        }
    }

    private void submit(int partition, Consumer<GatewayShard> command) {
        log.submit(partition, command, () -> {});
    }

    static LogConfig logConfig(LogSettings config) {
        return new LogConfig(
                "switch-gateway",
                config.instanceId(),
                config.bootstrapServers(),
                config.partitions(),
                List.of(Topic.RULES, Topic.PORTS),
                List.of(),
                List.of(Topic.NODES, Topic.LINKS, Topic.LINK_STATES, Topic.SWITCHES),
                false,
                OnLoss.RELOAD,
                List.of(Topic.RULE_STATES),
                List.of(Topic.SWITCHES), // owned, until all records are read
                config.client());
    }

    private static OpenFlowSettings openFlow(GatewayConfig.OpenFlow config) {
        return new OpenFlowSettings(
                config.listen().stream().map(Gateway::address).toList(),
                config.handshakeDeadline(),
                config.echoIdle(),
                config.echoDeadline(),
                config.answerDeadline(),
                config.threads());
    }

    private static int udpPort(int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "The vlink.gateway.tunnels.port (%d) must be between 1 and %d.".formatted(port, MAX_PORT));
        }
        return port;
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The vlink.gateway.openflow.listen (%s) must be host:port.".formatted(text), e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "gateway";
        }
    }
}
