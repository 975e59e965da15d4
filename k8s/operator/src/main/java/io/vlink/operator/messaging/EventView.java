package io.vlink.operator.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vlink.events.AttachmentId;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
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
import io.vlink.events.switches.Plug;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.log.Attendance;
import io.vlink.log.Entry;
import io.vlink.log.Inbox;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.Partitions;
import io.vlink.log.RollCall;
import io.vlink.log.Vitals;
import io.vlink.log.WholeLog;
import io.vlink.operating.Attending;
import io.vlink.operating.Watched;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.pod.AttachmentPlan;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the state topics say now, for whoever reconciles; and the answers to what was asked. Thread-safe. */
@Singleton
public final class EventView implements WholeLog.Reader, Watched, Attending {

    private static final Logger LOG = Logger.getLogger(EventView.class);
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
    private final Map<NetworkId, SeenNetwork> networks = new ConcurrentHashMap<>();
    private final Map<NetworkId, PathDecision> decisions = new ConcurrentHashMap<>();
    private final Map<NetworkId, NetworkStatus> statuses = new ConcurrentHashMap<>();
    private final Map<NetworkId, Map<AttachmentId, Attachment>> attachments = new ConcurrentHashMap<>();
    private final Map<ResourceId, Node> nodes = new ConcurrentHashMap<>();
    private final Map<ResourceId, Link> links = new ConcurrentHashMap<>();
    /** Withdrawn, and in use still. */
    private final Set<ResourceId> leavingNodes = ConcurrentHashMap.newKeySet();

    private final Set<ResourceId> leavingLinks = ConcurrentHashMap.newKeySet();
    private final Map<ResourceId, LinkState> linkStates = new ConcurrentHashMap<>();
    private final Map<DatapathId, Switch> switches = new ConcurrentHashMap<>();
    private final Map<String, Port> ports = new ConcurrentHashMap<>();
    private final List<Consumer<NetworkId>> networkListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> overlayListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> portListeners = new CopyOnWriteArrayList<>();
    private final Map<Plug, SwitchPort> plugs = new ConcurrentHashMap<>();
    private final List<Runnable> loadedListeners = new CopyOnWriteArrayList<>();
    private final Inbox inbox = new Inbox();

    @SuppressWarnings("this-escape") // it is called only once started
    EventView(OperatorConfig config, Requests requests, Clock clock, MeterRegistry metrics) {
        this.requests = requests;
        inbox.on(Network.TOPIC, (id, network, entry) -> network(id, network))
                .on(PathDecision.TOPIC, (id, decision, entry) -> networkRecord(decisions, id, decision))
                .on(NetworkStatus.TOPIC, (id, status, entry) -> status(id, status))
                .on(Attachment.TOPIC, (id, attachment, entry) -> attachment(id, attachment))
                .on(Node.TOPIC, (id, node, entry) -> {
                    leaving(leavingNodes, id, node != null && node.withdrawn());
                    topologyRecord(nodes, id, node, Node::withdrawn);
                })
                .on(Link.TOPIC, (id, link, entry) -> {
                    leaving(leavingLinks, id, link != null && link.withdrawn());
                    topologyRecord(links, id, link, Link::withdrawn);
                })
                .on(LinkState.TOPIC, (id, state, entry) -> topologyRecord(linkStates, id, state, s -> false))
                .on(Switch.TOPIC, (id, seen, entry) -> switchSeen(id, seen))
                .on(Port.TOPIC, (id, port, entry) -> port(String.valueOf(entry.key()), port))
                .on(Answer.TOPIC, (key, answer, entry) -> {
                    if (answer != null) {
                        answer(answer);
                    }
                });
        this.partitions = config.log().partitions();
        LogConfig logConfig = new LogConfig(
                Services.OPERATOR,
                config.log().instanceId(),
                config.log().bootstrapServers(),
                config.log().partitions(),
                List.of(),
                List.of(),
                READ,
                false,
                OnLoss.HALT,
                List.of(),
                config.log().client());
        this.log = new WholeLog(logConfig, this, this::services, clock, metrics);
        this.roll = new RollCall(logConfig, config.log().beat(), config.log().silence(), Attendance.of(log), metrics);
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
                networks.keySet().forEach(this::changed);
                loadedListeners.forEach(Runnable::run);
            }
        });
        roll.start();
    }

    void stop(@Observes ShutdownEvent event) {
        log.close();
        roll.close();
    }

    /** Why network-api records nothing of an overlay now; absent where it does. */
    public @Nullable Absence recorderMissing(String overlay) {
        return services().missing(Services.NETWORK_API, Partitions.of(overlay, partitions));
    }

    /** What is to be added to the statuses of an overlay while a service is missing. */
    public Caveats caveats(String overlay) {
        return Caveats.of(services(), Partitions.of(overlay, partitions));
    }

    /** Whether every recorded attachment of a network was decided about, and no other. */
    public boolean attachmentsDecided(NetworkId id) {
        PathDecision decision = decisions.get(id);
        Set<String> recorded = attachments(id).stream()
                .map(attachment ->
                        attachment.id().id() + " at " + attachment.spec().node())
                .collect(Collectors.toSet());
        return decision != null
                && recorded.equals(decision.attachments().stream()
                        .map(state -> state.attachment() + " at " + state.node())
                        .collect(Collectors.toSet()));
    }

    /**
     * What was seen of a network.
     *
     * @param generation the highest seen, also of a record that is gone
     * @param record absent once the record is gone
     */
    public record SeenNetwork(long generation, @Nullable Network record) {}

    public boolean isLoaded() {
        return log.isLoaded();
    }

    /**
     * Why what is known here, or what Kafka holds, must not be acted upon: its data is not that by which the switches were set up.
     * With what to do, for people; absent: all is well.
     */
    public @Nullable String doubt() {
        String halted = log.halted();
        List<String> doubts = services().doubts();
        return halted != null ? halted : doubts.isEmpty() ? null : String.join(" ", doubts);
    }

    public @Nullable SeenNetwork network(NetworkId id) {
        return networks.get(id);
    }

    public @Nullable PathDecision decision(NetworkId id) {
        return decisions.get(id);
    }

    /** Of all networks of an overlay. Looks at all that there are: for what is seldom asked. */
    public List<PathDecision> decisions(String overlay) {
        return decisions.values().stream()
                .filter(decision -> decision.id().overlay().equals(overlay))
                .toList();
    }

    public @Nullable NetworkStatus status(NetworkId id) {
        return statuses.get(id);
    }

    public Collection<Attachment> attachments(NetworkId id) {
        return List.copyOf(attachments.getOrDefault(id, Map.of()).values());
    }

    public @Nullable Node node(ResourceId id) {
        return nodes.get(id);
    }

    public Collection<Node> nodes(String overlay) {
        return nodes.values().stream()
                .filter(node -> node.id().overlay().equals(overlay))
                .toList();
    }

    public @Nullable Link link(ResourceId id) {
        return links.get(id);
    }

    /** Whether it is withdrawn, and its record stands until no network crosses it. */
    public boolean isNodeLeaving(ResourceId id) {
        return leavingNodes.contains(id);
    }

    public boolean isLinkLeaving(ResourceId id) {
        return leavingLinks.contains(id);
    }

    public @Nullable LinkState linkState(ResourceId id) {
        return linkStates.get(id);
    }

    public @Nullable Switch switchSeen(DatapathId id) {
        return switches.get(id);
    }

    /** Where an interface of a pod is plugged; absent while no switch of the overlay says so. */
    public AttachmentPlan.@Nullable Place place(String overlay, String podUid, String interfaceName) {
        SwitchPort plugged = plugs.get(new Plug(podUid, interfaceName));
        Port port = plugged == null ? null : ports.get(plugged.toString());
        if (plugged == null || port == null) {
            return null;
        }
        return nodes(overlay).stream()
                .filter(node -> node.spec().datapathId().equals(plugged.datapathId()))
                .map(node -> new AttachmentPlan.Place(node.id().name(), port.name()))
                .findFirst()
                .orElse(null);
    }

    /** Whether any port of a pod is in a switch. */
    public boolean isPlugged(String podUid) {
        return plugs.keySet().stream().anyMatch(plug -> plug.pod().equals(podUid));
    }

    /** Has {@code listener} told of the uid of each pod one of whose ports came or went, on the reader's thread. */
    public void onPort(Consumer<String> listener) {
        portListeners.add(listener);
    }

    /** Has {@code listener} told of each network of which something changed, on the reader's thread. */
    public void onNetwork(Consumer<NetworkId> listener) {
        networkListeners.add(listener);
    }

    /** Has {@code listener} told of each overlay whose topology changed, on the reader's thread. */
    public void onOverlay(Consumer<String> listener) {
        overlayListeners.add(listener);
    }

    /** Has {@code listener} told once all is read, on the reader's thread. */
    public void onLoaded(Runnable listener) {
        loadedListeners.add(listener);
    }

    @Override
    public void on(List<Entry> batch) {
        batch.forEach(entry -> inbox.take(
                entry,
                (refused, reason) -> LOG.warnf(
                        "%s-%d@%d is passed over: %s",
                        refused.topic(), refused.partition(), refused.offset(), reason)));
    }

    @Override
    public void loaded() {
        LOG.info("All topics are read.");
        loadedListeners.forEach(Runnable::run);
    }

    @Override
    public void doubted() {
        loadedListeners.forEach(Runnable::run);
    }

    @Override
    public void again() {
        requests.forgetAll();
        for (Map<?, ?> known :
                List.of(networks, decisions, statuses, attachments, nodes, links, linkStates, switches, ports, plugs)) {
            known.clear();
        }
        leavingNodes.clear();
        leavingLinks.clear();
    }

    private void network(NetworkId id, @Nullable Network record) {
        networks.compute(
                id,
                (key, before) -> new SeenNetwork(
                        Math.max(before == null ? 0 : before.generation(), record == null ? 0 : record.generation()),
                        record));
        changed(id);
    }

    private <T> void networkRecord(Map<NetworkId, T> map, NetworkId id, @Nullable T record) {
        put(map, id, record);
        changed(id);
    }

    private void status(NetworkId id, @Nullable NetworkStatus status) {
        NetworkStatus before = statuses.get(id);
        if (status == null || before == null || !status.isOlderThan(before)) {
            networkRecord(statuses, id, status);
        }
    }

    private void attachment(AttachmentId id, @Nullable Attachment record) {
        put(
                attachments.computeIfAbsent(id.network(), network -> new ConcurrentHashMap<>()),
                id,
                record == null || record.withdrawn() ? null : record);
        changed(id.network());
    }

    private static void leaving(Set<ResourceId> all, ResourceId id, boolean isLeaving) {
        if (isLeaving) {
            all.add(id);
        } else {
            all.remove(id);
        }
    }

    private <T> void topologyRecord(
            Map<ResourceId, T> map, ResourceId id, @Nullable T record, Function<T, Boolean> withdrawn) {
        put(map, id, record == null || withdrawn.apply(record) ? null : record);
        overlayListeners.forEach(listener -> listener.accept(id.overlay()));
    }

    private void switchSeen(DatapathId id, @Nullable Switch record) {
        put(switches, id, record);
        nodes.values().stream()
                .filter(node -> node.spec().datapathId().equals(id))
                .map(node -> node.id().overlay())
                .distinct()
                .forEach(overlay -> overlayListeners.forEach(listener -> listener.accept(overlay)));
    }

    private void port(String key, @Nullable Port port) {
        Port before = ports.get(key);
        if (port != null && before != null && port.epoch() < before.epoch()) {
            return;
        }
        Port now = port == null || !port.present() ? null : port;
        put(ports, key, now);
        Plug left = before == null ? null : before.plug();
        Plug came = now == null ? null : now.plug();
        if (before != null && left != null && !left.equals(came)) {
            plugs.remove(left, before.id());
            portListeners.forEach(listener -> listener.accept(left.pod()));
        }
        if (now != null && came != null && !came.equals(left)) {
            plugs.put(came, now.id());
            portListeners.forEach(listener -> listener.accept(came.pod()));
        }
    }

    private void answer(Answer answer) {
        String id = requests.answered(answer);
        if (id == null) {
            return;
        }
        String[] parts = id.split("/", -1);
        switch (parts.length) {
            case 2 -> overlayListeners.forEach(listener -> listener.accept(parts[0]));
            case 3, 4 -> changed(new NetworkId(parts[0], parts[1], parts[2]));
            default -> throw new IllegalArgumentException("The id (%s) was never asked for.".formatted(id));
        }
    }

    private void changed(NetworkId id) {
        networkListeners.forEach(listener -> listener.accept(id));
    }

    private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }
}
