package io.vlink.path.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.dryruns.DryRunRequest;
import io.vlink.events.dryruns.DryRunResult;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.switches.Port;
import io.vlink.log.DeadLetters;
import io.vlink.log.Entry;
import io.vlink.log.Inbox;
import io.vlink.log.Outbox;
import io.vlink.log.Partitions;
import io.vlink.log.Shard;
import io.vlink.log.schema.UnreadableEvent;
import io.vlink.path.decision.Decisions;
import io.vlink.path.decision.OverlayDecider;
import io.vlink.path.decision.PathSettings;
import io.vlink.path.decision.RemovedCircuits;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.SwitchOwners;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The overlays of one partition. They share nothing except the ports of the switches. */
final class PathShard implements Shard {

    private static final Logger LOG = Logger.getLogger(PathShard.class);
    /**
     * The generation of internal records that introduces shares: earlier builds cannot read the records derived from
     * them.
     */
    private static final int SHARED_FROM = 1;

    private final int partition;
    private final int partitions;
    private final PathSettings settings;
    private final DecisionWriter writer;
    private final PortTable ports = new PortTable();
    private final SwitchOwners owners = new SwitchOwners();
    private final Map<String, OverlayDecider> overlays = new HashMap<>();
    private final Map<String, Instant> wakeUps = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    /** Statuses kept while loading: only afterwards is it known which networks wait for one. */
    private final Map<NetworkId, Entry> statuses = new HashMap<>();

    /** Keys of shares in Kafka that may have to be deleted. */
    private final List<LinkShare.ShareKey> standing = new ArrayList<>();

    private final DeferredTombstones tombstones = new DeferredTombstones();
    private final List<DryRunRequest> dryRunRequests = new ArrayList<>();
    private final DeadLetters dead;
    private final Inbox inbox = new Inbox();
    private final ShareLookup strays;
    private boolean loading = true;
    private boolean sharing;

    /** Finds the shares that exist in Kafka. */
    @FunctionalInterface
    interface ShareLookup {
        /** Reports the shares in a partition to its shard, by {@link #sharesStand}, some time later. Returns at once. */
        void look(int partition, PathShard shard);
    }

    PathShard(int partition, int partitions, PathSettings settings, DecisionWriter writer, ShareLookup strays) {
        this.partition = partition;
        this.partitions = partitions;
        this.settings = settings;
        this.writer = writer;
        this.strays = strays;
        this.dead = new DeadLetters(partition);
        inbox.on(Node.TOPIC, this::node)
                .on(Link.TOPIC, (id, link, entry) -> ours(id.overlay()).link(id.name(), link))
                .on(LinkState.TOPIC, (id, state, entry) -> ours(id.overlay())
                        .linkState(id.name(), state, entry.timestamp()))
                .onKey(Network.TOPIC, this::network)
                .on(
                        Attachment.TOPIC,
                        (id, attachment, entry) -> ours(id.network().overlay()).attachment(id, attachment))
                .onKey(RemovedCircuits.IN_STATUSES, this::status)
                .onKey(PathDecision.TOPIC, this::decision)
                .onKey(QuarantinedCircuit.TOPIC, this::quarantined)
                .on(Port.TOPIC, this::port)
                .on(DryRunRequest.TOPIC, this::dryRunRequest);
    }

    @Override
    public Set<Topic> topics() {
        return inbox.topics();
    }

    @Override
    public void on(Entry entry) {
        inbox.take(entry, dead);
    }

    /** Enables shares once every build can read the records of links that are derived from them. */
    @Override
    public void finalisedFor(int generation) {
        sharing = generation >= SHARED_FROM;
    }

    /** Notes the keys of shares that existed in Kafka a moment ago. */
    void sharesStand(List<LinkShare.ShareKey> keys) {
        standing.addAll(keys);
    }

    @Override
    public void loaded() {
        loading = false;
        dead.loaded();
        for (Map.Entry<NetworkId, Entry> status : statuses.entrySet()) {
            OverlayDecider overlay = overlays.get(status.getKey().overlay());
            if (overlay != null && overlay.awaitsRemoval(status.getKey())) {
                on(status.getValue());
            }
        }
        statuses.clear();
        overlays.forEach(this::announceLoaded);
        touched.addAll(overlays.keySet());
        strays.look(partition, this);
    }

    @Override
    public @Nullable Instant act(Outbox out, Instant now) {
        dead.report(out, now);
        wakeUps.forEach((name, at) -> {
            if (!at.isAfter(now)) {
                touched.add(name);
            }
        });
        for (String name : touched) {
            OverlayDecider overlay = overlays.get(name);
            if (overlay != null) {
                decide(name, overlay, out, now);
            }
        }
        touched.clear();
        deleteStrays(now);
        for (DryRunRequest request : dryRunRequests) {
            if (request.until().isAfter(now)) {
                NetworkId id = request.network();
                out.put(Topic.FORECASTS, id.overlay(), id.toString(), dryRun(request, now));
            }
        }
        dryRunRequests.clear();
        Instant first = tombstones.flush(out::tombstone, now);
        for (Instant at : wakeUps.values()) {
            first = first == null || at.isBefore(first) ? at : first;
        }
        return first;
    }

    /** Deletes shares that were not written by this owner. */
    private void deleteStrays(Instant now) {
        for (LinkShare.ShareKey key : standing) {
            OverlayDecider overlay = overlays.get(key.overlay());
            if (overlay == null || !overlay.isShared(new SwitchPort(key.datapathId(), key.port()))) {
                tombstones.add(Topic.LINK_SHARES, key.overlay(), key.toString(), now);
            }
        }
        standing.clear();
    }

    private DryRunResult dryRun(DryRunRequest request, Instant now) {
        OverlayDecider overlay = overlays.get(request.network().overlay());
        if (overlay == null) { // nothing was ever declared there
            overlay = new OverlayDecider(ports, owners, settings);
            overlay.loaded();
        }
        return overlay.dryRun(request, now);
    }

    private void decide(String name, OverlayDecider overlay, Outbox out, Instant now) {
        Decisions decisions = overlay.act(now);
        if (decisions.wakeAt() == null) {
            wakeUps.remove(name);
        } else {
            wakeUps.put(name, decisions.wakeAt());
        }
        writer.write(name, decisions, out, tombstones, now);
    }

    /** Takes in a network. While its record cannot be read, the decision about it stands. */
    private void network(NetworkId id, Entry entry) throws UnreadableEvent {
        OverlayDecider overlay = ours(id.overlay());
        try {
            overlay.network(id, Inbox.value(Network.TOPIC, id, entry));
        } catch (UnreadableEvent e) {
            if (loading) {
                overlay.unreadable(id);
            }
            throw e;
        }
    }

    private void status(NetworkId id, Entry entry) throws UnreadableEvent {
        requireOurs(id.overlay());
        if (loading) {
            statuses.put(id, entry);
        } else if (entry.value() != null) {
            OverlayDecider overlay = overlays.get(id.overlay());
            if (overlay != null && overlay.awaitsRemoval(id)) {
                RemovedCircuits removals = Inbox.value(RemovedCircuits.IN_STATUSES, id, entry);
                if (removals != null) {
                    overlay(id.overlay()).removed(removals);
                }
            }
        }
    }

    /** Restores decisions, our own output, while loading; later they are only echoes. */
    private void decision(NetworkId id, Entry entry) throws UnreadableEvent {
        if (loading) {
            ours(id.overlay()).restore(id, Inbox.value(PathDecision.TOPIC, id, entry));
        }
    }

    /** Restores quarantines, also our own output. */
    private void quarantined(ResourceId id, Entry entry) throws UnreadableEvent {
        if (loading) {
            ours(id.overlay()).restore(Long.parseLong(id.name()), Inbox.value(QuarantinedCircuit.TOPIC, id, entry));
        }
    }

    /**
     * Takes in a node, even one of an overlay that another owner decides about: a switch belongs to one overlay only.
     */
    private void node(ResourceId id, @Nullable Node node, Entry entry) {
        boolean ours = entry.partition() == partition;
        if (ours) {
            requireOurs(id.overlay());
        }
        for (DatapathId datapathId : owners.put(id, node)) {
            overlays.forEach((name, overlay) -> {
                overlay.ownerChanged(datapathId);
                touched.add(name);
            });
        }
        if (ours) {
            overlay(id.overlay()).node(id.name(), node);
        }
    }

    private void port(SwitchPort id, @Nullable Port port, Entry entry) {
        Set<String> locators = port == null ? ports.remove(id) : ports.put(port, entry.timestamp());
        if (!locators.isEmpty()) {
            overlays.forEach((name, overlay) -> {
                overlay.ports(id, locators);
                touched.add(name);
            });
        }
    }

    private void dryRunRequest(NetworkId id, @Nullable DryRunRequest request, Entry unused) {
        requireOurs(id.overlay());
        if (request != null) {
            dryRunRequests.add(request);
        }
    }

    private OverlayDecider ours(String name) {
        requireOurs(name);
        return overlay(name);
    }

    private void requireOurs(String overlay) {
        int wanted = Partitions.of(overlay, partitions);
        if (wanted != partition) {
            throw new IllegalArgumentException(
                    "Records of the overlay %s belong to partition %d, not %d.".formatted(overlay, wanted, partition));
        }
    }

    private OverlayDecider overlay(String name) {
        touched.add(name);
        OverlayDecider known = overlays.get(name);
        if (known != null) {
            return known;
        }
        OverlayDecider overlay = new OverlayDecider(ports, owners, settings);
        overlays.put(name, overlay);
        if (!loading) {
            announceLoaded(name, overlay);
        }
        return overlay;
    }

    private void announceLoaded(String name, OverlayDecider overlay) {
        overlay.tellShares(sharing);
        for (String circuit : overlay.loaded()) {
            LOG.errorf(
                    "%s holds a label, meter or number that another circuit holds, too; edit or delete that network."
                            + " (overlay=%s)",
                    circuit, name);
        }
    }
}
