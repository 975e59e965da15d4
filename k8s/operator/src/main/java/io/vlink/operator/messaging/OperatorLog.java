package io.vlink.operator.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.requests.Answer;
import io.vlink.events.services.Absence;
import io.vlink.events.services.Caveats;
import io.vlink.events.services.Services;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.health.Attending;
import io.vlink.health.LogSettings;
import io.vlink.health.Watched;
import io.vlink.log.Entry;
import io.vlink.log.Inbox;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.Partitions;
import io.vlink.log.Vitals;
import io.vlink.log.reading.WholeLog;
import io.vlink.log.roll.Attendance;
import io.vlink.log.roll.RollCall;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.pod.AttachmentPlan;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds the current content of the state topics for the reconcilers, and passes on answers to requests. Thread-safe.
 */
@Singleton
public final class OperatorLog implements WholeLog.WholeLogReader, Watched, Attending {

    private static final Logger LOG = Logger.getLogger(OperatorLog.class);
    private static final List<Topic> READ = List.of(
            Topic.NODES,
            Topic.LINKS,
            Topic.NETWORKS,
            Topic.ATTACHMENTS,
            Topic.PATHS,
            Topic.STATUSES,
            Topic.SWITCHES,
            Topic.LINK_STATES,
            Topic.PORTS,
            Topic.ANSWERS);

    private final WholeLog log;
    private final RollCall roll;
    private final int partitions;
    private final Requests requests;
    private final List<Consumer<NetworkId>> networkListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> overlayListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> portListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> loadedListeners = new CopyOnWriteArrayList<>();
    private final SeenNetworks networks = new SeenNetworks(this::changed);
    private final SeenTopology topology = new SeenTopology(this::overlayChanged);
    private final PluggedPorts ports = new PluggedPorts(pod -> portListeners.forEach(listener -> listener.accept(pod)));
    private final Inbox inbox = new Inbox();

    @SuppressWarnings("this-escape") // no record arrives before start()
    OperatorLog(OperatorConfig config, Requests requests, Clock clock, MeterRegistry metrics) {
        this.requests = requests;
        inbox.on(Network.TOPIC, (id, network, entry) -> networks.take(id, network))
                .on(PathDecision.TOPIC, (id, decision, entry) -> networks.take(id, decision))
                .on(NetworkStatus.TOPIC, (id, status, entry) -> networks.take(id, status))
                .on(Attachment.TOPIC, (id, attachment, entry) -> networks.take(id, attachment))
                .on(Node.TOPIC, (id, node, entry) -> topology.take(id, node))
                .on(Link.TOPIC, (id, link, entry) -> topology.take(id, link))
                .on(LinkState.TOPIC, (id, state, entry) -> topology.take(id, state))
                .on(Switch.TOPIC, (id, seen, entry) -> topology.take(id, seen))
                .on(Port.TOPIC, (id, port, entry) -> ports.take(String.valueOf(entry.key()), port))
                .on(Answer.TOPIC, (key, answer, entry) -> {
                    if (answer != null) {
                        answer(answer);
                    }
                });
        this.partitions = config.log().partitions();
        LogConfig logConfig = logConfig(config.log());
        this.log = new WholeLog(logConfig, this, this::services, clock, metrics);
        this.roll = new RollCall(logConfig, config.log().beat(), config.log().silence(), Attendance.of(log), metrics);
    }

    static LogConfig logConfig(LogSettings config) {
        return new LogConfig(
                Services.OPERATOR,
                config.instanceId(),
                config.bootstrapServers(),
                config.partitions(),
                List.of(),
                List.of(),
                READ,
                false,
                OnLoss.HALT,
                List.of(),
                config.client());
    }

    @Override
    public Services services() {
        return roll.services();
    }

    @Override
    public List<Vitals> vitals() {
        return List.of(log.vitals("view"));
    }

    void start(@Observes StartupEvent event) {
        log.start();
        roll.onChange(services -> {
            if (isLoaded()) {
                networks.ids().forEach(this::changed);
                loadedListeners.forEach(Runnable::run);
            }
        });
        roll.start();
    }

    void stop(@Observes ShutdownEvent event) {
        log.close();
        roll.close();
    }

    /** Returns why network-api cannot record anything of an overlay now; null if it can. */
    public @Nullable Absence recorderMissing(String overlay) {
        return services().missing(Services.NETWORK_API, Partitions.of(overlay, partitions));
    }

    /** Returns the caveats to add to statuses of an overlay while a service is missing. */
    public Caveats caveats(String overlay) {
        return Caveats.of(services(), Partitions.of(overlay, partitions));
    }

    public boolean isLoaded() {
        return log.isLoaded();
    }

    /**
     * Returns why neither this view nor Kafka may be acted upon: the data is not the data that the switches were set up
     * from. The text says what to do. Null if all is well.
     */
    public @Nullable String doubt() {
        String halted = log.halted();
        List<String> doubts = services().doubts();
        return halted != null ? halted : doubts.isEmpty() ? null : String.join(" ", doubts);
    }

    /** The networks and their state. */
    public SeenNetworks networks() {
        return networks;
    }

    /** The nodes and links of all overlays, and their state. */
    public SeenTopology topology() {
        return topology;
    }

    /** Returns the port that a pod's interface is plugged into; null while no switch of the overlay reports it. */
    public AttachmentPlan.@Nullable PodPort place(String overlay, String podUid, String interfaceName) {
        Port port = ports.of(podUid, interfaceName);
        if (port == null) {
            return null;
        }
        return topology.nodes(overlay).stream()
                .filter(node -> node.spec().datapathId().equals(port.id().datapathId()))
                .map(node -> new AttachmentPlan.PodPort(node.id().name(), port.name()))
                .findFirst()
                .orElse(null);
    }

    /** Returns whether any port of a pod is in a switch. */
    public boolean isPlugged(String podUid) {
        return ports.isPlugged(podUid);
    }

    /**
     * Calls {@code listener}, on the reader's thread, with the uid of each pod that a port was added to or removed
     * from.
     */
    public void onPort(Consumer<String> listener) {
        portListeners.add(listener);
    }

    /** Calls {@code listener}, on the reader's thread, with the id of each network that changed. */
    public void onNetwork(Consumer<NetworkId> listener) {
        networkListeners.add(listener);
    }

    /** Calls {@code listener}, on the reader's thread, with the name of each overlay whose topology changed. */
    public void onOverlay(Consumer<String> listener) {
        overlayListeners.add(listener);
    }

    /** Calls {@code listener}, on the reader's thread, once all topics have been read. */
    public void onLoaded(Runnable listener) {
        loadedListeners.add(listener);
    }

    @Override
    public Set<Topic> topics() {
        return inbox.topics();
    }

    @Override
    public void on(List<Entry> batch) {
        batch.forEach(entry -> inbox.take(
                entry,
                (refused, reason) -> LOG.warnf(
                        "Skipped the record %s-%d@%d: %s",
                        refused.topic(), refused.partition(), refused.offset(), reason)));
    }

    @Override
    public void loaded() {
        LOG.info("All topics have been read.");
        loadedListeners.forEach(Runnable::run);
    }

    @Override
    public void doubted() {
        loadedListeners.forEach(Runnable::run);
    }

    @Override
    public void again() {
        requests.clear();
        networks.clear();
        topology.clear();
        ports.clear();
    }

    private void answer(Answer answer) {
        String id = requests.answered(answer);
        if (id == null) {
            return;
        }
        String[] parts = id.split("/", -1);
        switch (parts.length) {
            case 2 -> overlayChanged(parts[0]);
            case 3, 4 -> changed(new NetworkId(parts[0], parts[1], parts[2]));
            default -> throw new IllegalArgumentException("No request is about the id %s.".formatted(id));
        }
    }

    private void changed(NetworkId id) {
        networkListeners.forEach(listener -> listener.accept(id));
    }

    private void overlayChanged(String overlay) {
        overlayListeners.forEach(listener -> listener.accept(overlay));
    }
}
