package io.vlink.path.messaging;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.inquiries.Forecast;
import io.vlink.events.inquiries.Inquiry;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Resting;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Port;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Outbox;
import io.vlink.log.Partitions;
import io.vlink.log.Shard;
import io.vlink.log.UnreadableEvent;
import io.vlink.path.path.Decisions;
import io.vlink.path.path.Overlay;
import io.vlink.path.path.PathSettings;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.SwitchOwners;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The overlays of one partition number. They share nothing but the ports of the switches. */
final class PathShard implements Shard {

    private static final Logger LOG = Logger.getLogger(PathShard.class);

    private final int partition;
    private final int partitions;
    private final PathSettings settings;
    private final DecisionWriter writer;
    private final PortTable ports = new PortTable();
    private final SwitchOwners owners = new SwitchOwners();
    private final Map<String, Overlay> overlays = new HashMap<>();
    private final Map<String, Instant> wakeUps = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    /** Until everything is loaded: only then it is known which of them are waited for. */
    private final Map<NetworkId, Entry> statuses = new HashMap<>();

    private final Forgotten forgotten = new Forgotten();
    private final List<Inquiry> inquiries = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private boolean loading = true;

    private record Rejected(Entry entry, String reason) {}

    PathShard(int partition, int partitions, PathSettings settings, DecisionWriter writer) {
        this.partition = partition;
        this.partitions = partitions;
        this.settings = settings;
        this.writer = writer;
    }

    @Override
    public void on(Entry entry) {
        try {
            read(entry);
        } catch (UnreadableEvent | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            if (loading) {
                keepWhatWasDecided(entry);
                LOG.warnf("Ignored: %s (topic=%s, key=%s)", reason, entry.topic(), entry.key());
            } else {
                rejected.add(new Rejected(entry, reason));
            }
        }
    }

    private void keepWhatWasDecided(Entry entry) {
        try {
            if (entry.topic() == Topic.NETWORKS) {
                NetworkId id = NetworkId.of(keyOf(entry));
                overlay(id.overlay()).unreadable(id);
            }
        } catch (IllegalArgumentException e) {
            LOG.debugf("It names no network: %s", e.getMessage());
        }
    }

    @Override
    public void loaded() {
        loading = false;
        for (Map.Entry<NetworkId, Entry> status : statuses.entrySet()) {
            Overlay overlay = overlays.get(status.getKey().overlay());
            if (overlay != null && overlay.awaitsRemoval(status.getKey())) {
                on(status.getValue());
            }
        }
        statuses.clear();
        overlays.forEach(this::announceLoaded);
        touched.addAll(overlays.keySet());
    }

    @Override
    public @Nullable Instant act(Outbox out, Instant now) {
        for (Rejected record : rejected) {
            LOG.warnf(
                    "To the dead letters: %s (topic=%s, key=%s)",
                    record.reason(), record.entry().topic(), record.entry().key());
            out.deadLetter(record.entry(), record.reason(), now);
        }
        rejected.clear();
        wakeUps.forEach((name, at) -> {
            if (!at.isAfter(now)) {
                touched.add(name);
            }
        });
        for (String name : touched) {
            Overlay overlay = overlays.get(name);
            if (overlay != null) {
                decide(name, overlay, out, now);
            }
        }
        touched.clear();
        for (Inquiry inquiry : inquiries) {
            if (inquiry.until().isAfter(now)) {
                NetworkId id = inquiry.network();
                out.put(Topic.FORECASTS, id.overlay(), id.toString(), forecast(inquiry, now));
            }
        }
        inquiries.clear();
        return Stream.concat(wakeUps.values().stream(), Stream.ofNullable(forgotten.flush(out::tombstone, now)))
                .min(Instant::compareTo)
                .orElse(null);
    }

    private Forecast forecast(Inquiry inquiry, Instant now) {
        Overlay overlay = overlays.get(inquiry.network().overlay());
        if (overlay == null) { // nothing was ever declared there
            overlay = new Overlay(ports, owners, settings);
            overlay.loaded();
        }
        return overlay.forecast(inquiry, now);
    }

    private void decide(String name, Overlay overlay, Outbox out, Instant now) {
        Decisions decisions = overlay.act(now);
        if (decisions.wakeAt() == null) {
            wakeUps.remove(name);
        } else {
            wakeUps.put(name, decisions.wakeAt());
        }
        writer.write(name, decisions, out, forgotten, now);
    }

    private void read(Entry entry) throws UnreadableEvent {
        switch (entry.topic()) {
            case NODES -> readNode(entry);
            case LINKS -> {
                ResourceId id = key(entry, ResourceId::of, ResourceId::overlay);
                overlay(id.overlay()).link(id.name(), value(entry, Link.class, Link::id));
            }
            case LINK_STATES -> {
                ResourceId id = key(entry, ResourceId::of, ResourceId::overlay);
                overlay(id.overlay())
                        .linkState(id.name(), value(entry, LinkState.class, LinkState::id), entry.timestamp());
            }
            case NETWORKS -> {
                NetworkId id = key(entry, NetworkId::of, NetworkId::overlay);
                overlay(id.overlay()).network(id, value(entry, Network.class, Network::id));
            }
            case ATTACHMENTS -> {
                AttachmentId id =
                        key(entry, AttachmentId::of, it -> it.network().overlay());
                overlay(id.network().overlay()).attachment(id, value(entry, Attachment.class, Attachment::id));
            }
            case STATUSES -> readStatus(entry);
            case PATHS -> readDecision(entry);
            case RESTING -> readRest(entry);
            case PORTS -> readPort(entry);
            case INQUIRIES -> {
                NetworkId unused = key(entry, NetworkId::of, NetworkId::overlay);
                Inquiry inquiry = value(entry, Inquiry.class, Inquiry::network);
                if (inquiry != null) {
                    inquiries.add(inquiry);
                }
            }
            case REQUESTS, ANSWERS, FORECASTS, RULE_STATES, SWITCHES, RULES, COUNTERS, SERVICES, CLAIMS, DEAD_LETTERS ->
                throw new IllegalStateException("The topic %s was never asked for.".formatted(entry.topic()));
        }
    }

    private void readStatus(Entry entry) throws UnreadableEvent {
        NetworkId id = key(entry, NetworkId::of, NetworkId::overlay);
        if (loading) {
            statuses.put(id, entry);
        } else if (entry.value() != null) {
            Overlay overlay = overlays.get(id.overlay());
            if (overlay != null && overlay.awaitsRemoval(id)) {
                NetworkStatus status = value(entry, NetworkStatus.class, NetworkStatus::id);
                if (status != null) {
                    overlay(id.overlay()).status(status);
                }
            }
        }
    }

    /** Our own output: it tells what was decided before; later it only comes back to us. */
    private void readDecision(Entry entry) throws UnreadableEvent {
        if (loading) {
            NetworkId id = key(entry, NetworkId::of, NetworkId::overlay);
            overlay(id.overlay()).restore(id, value(entry, PathDecision.class, PathDecision::id));
        }
    }

    /** Our own output too. */
    private void readRest(Entry entry) throws UnreadableEvent {
        if (loading) {
            ResourceId id = key(entry, ResourceId::of, ResourceId::overlay);
            Resting rest = value(entry, Resting.class, Resting::key);
            overlay(id.overlay()).restore(Long.parseLong(id.name()), rest);
        }
    }

    /** Also those of overlays that others decide about: a switch is of one overlay only. */
    private void readNode(Entry entry) throws UnreadableEvent {
        ResourceId id = entry.partition() == partition
                ? key(entry, ResourceId::of, ResourceId::overlay)
                : ResourceId.of(keyOf(entry));
        Node node = value(entry, Node.class, Node::id);
        if (owners.put(id, node)) {
            overlays.forEach((name, overlay) -> {
                overlay.switchesChanged();
                touched.add(name);
            });
        }
        if (entry.partition() == partition) {
            overlay(id.overlay()).node(id.name(), node);
        }
    }

    private void readPort(Entry entry) throws UnreadableEvent {
        SwitchPort id = SwitchPort.of(keyOf(entry));
        Port port = value(entry, Port.class, Port::id);
        Set<String> locators = port == null ? ports.remove(id) : ports.put(port, entry.timestamp());
        if (!locators.isEmpty()) {
            overlays.forEach((name, overlay) -> {
                overlay.ports(id, locators);
                touched.add(name);
            });
        }
    }

    private Overlay overlay(String name) {
        touched.add(name);
        Overlay known = overlays.get(name);
        if (known != null) {
            return known;
        }
        Overlay overlay = new Overlay(ports, owners, settings);
        overlays.put(name, overlay);
        if (!loading) {
            announceLoaded(name, overlay);
        }
        return overlay;
    }

    private void announceLoaded(String name, Overlay overlay) {
        for (String circuit : overlay.loaded()) {
            LOG.errorf(
                    "%s holds something that another circuit holds too; edit or delete that network. (overlay=%s)",
                    circuit, name);
        }
    }

    private <K> K key(Entry entry, Function<String, K> parse, Function<K, String> overlay) {
        K key = parse.apply(keyOf(entry));
        int wanted = Partitions.of(overlay.apply(key), partitions);
        if (wanted != partition) {
            throw new IllegalArgumentException(
                    "The key %s belongs to partition %d, not %d.".formatted(key, wanted, partition));
        }
        return key;
    }

    private static String keyOf(Entry entry) {
        if (entry.key() == null) {
            throw new IllegalArgumentException("The record has no key.");
        }
        return entry.key();
    }

    private static <T> @Nullable T value(Entry entry, Class<T> type, Function<T, ?> id) throws UnreadableEvent {
        if (entry.value() == null) {
            return null;
        }
        T value = EventJson.read(entry, type);
        String said = String.valueOf(id.apply(value));
        if (!said.equals(entry.key())) {
            throw new UnreadableEvent("The record speaks of %s, its key of %s.".formatted(said, entry.key()));
        }
        return value;
    }
}
