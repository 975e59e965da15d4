package io.vlink.networkapi.view;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.TypedTopic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.services.Caveats;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.networkapi.usage.Claims;
import io.vlink.networkapi.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The current state of all topics. Each topic is written by one thread; any thread reads. Outdated records are dropped
 * as each event's Javadoc defines, so the order of reading topics does not matter.
 */
public final class View {

    private final Claims claims = new Claims();
    private final RecordTable<Node> nodes = new RecordTable<>((a, b) -> a.generation() < b.generation());
    private final RecordTable<Link> links = new RecordTable<>((a, b) -> a.generation() < b.generation());
    private final RecordTable<Network> networks = new RecordTable<>((a, b) -> a.generation() < b.generation());
    private final RecordTable<Attachment> attachments = new RecordTable<>((a, b) -> a.generation() < b.generation());
    private final RecordTable<PathDecision> paths =
            new RecordTable<>((a, b) -> a.revision().compareTo(b.revision()) < 0);
    private final RecordTable<NetworkStatus> statuses = new RecordTable<>(NetworkStatus::isOlderThan);
    private final RecordTable<Switch> switches = new RecordTable<>((a, b) -> a.epoch() < b.epoch());
    private final RecordTable<Port> ports = new RecordTable<>((a, b) -> a.epoch() < b.epoch());
    private final SeenPorts seenPorts = new SeenPorts(ports);
    private final RecordTable<LinkState> linkStates = new RecordTable<>((a, b) -> a.epoch() < b.epoch());
    private final RecordTable<HeldCounters> counters =
            new RecordTable<>((a, b) -> a.readAt().isBefore(b.readAt()));
    private final Usage usage = new Usage();
    private final Waiters waiters = new Waiters();
    /** Caveats by overlay while a service is missing; null while none is. */
    private volatile @Nullable Function<String, Caveats> caveats;

    // ---- taking in; the record is null for a tombstone

    /** Takes in a record of a topic that needs nothing else; {@link #path} and {@link #port} are for the others. */
    public <R> void put(TypedTopic<?, R> topic, String key, @Nullable R record) {
        table(topic).put(key, record);
        waiters.changed(key);
    }

    @SuppressWarnings("unchecked") // each table holds the records of its topic
    private <R> RecordTable<R> table(TypedTopic<?, R> topic) {
        return (RecordTable<R>)
                switch (topic.topic()) {
                    case NODES -> nodes;
                    case LINKS -> links;
                    case NETWORKS -> networks;
                    case ATTACHMENTS -> attachments;
                    case STATUSES -> statuses;
                    case SWITCHES -> switches;
                    case LINK_STATES -> linkStates;
                    default -> throw new IllegalArgumentException("The view has no table for " + topic.topic() + ".");
                };
    }

    /** Adds or removes an overlay's claim to a switch. */
    public void claim(DatapathId datapathId, String overlay, boolean stands) {
        if (stands) {
            claims.put(datapathId, overlay);
        } else {
            claims.remove(datapathId, overlay);
        }
    }

    public void path(String key, @Nullable PathDecision decision) {
        PathDecision before = paths.get(key).orElse(null);
        usage.replace(before, paths.put(key, decision));
        waiters.changed(key);
    }

    /** Takes in a port's record and its time, or its tombstone. */
    public void port(String key, @Nullable Port port, Instant at) {
        Port before = ports.get(key).orElse(null);
        seenPorts.changed(key, before, ports.put(key, port), at);
        waiters.changed(key);
    }

    /** Removes everything after Kafka's data was replaced. Counters stay, since they arrive separately. */
    public void drop() {
        claims.clear();
        clear(Node.TOPIC);
        clear(Link.TOPIC);
        clear(Network.TOPIC);
        clear(Attachment.TOPIC);
        paths.keys().forEach(key -> path(key, null));
        clear(NetworkStatus.TOPIC);
        clear(Switch.TOPIC);
        ports.keys().forEach(key -> port(key, null, Instant.EPOCH));
        clear(LinkState.TOPIC);
    }

    private void clear(TypedTopic<?, ?> topic) {
        table(topic).keys().forEach(key -> put(topic, key, null));
    }

    public void counters(String key, @Nullable HeldCounters held) {
        counters.put(key, held);
    }

    /** Sets the caveats to add to statuses, by overlay; null: none. */
    public void caveats(@Nullable Function<String, Caveats> byOverlay) {
        caveats = byOverlay;
        waiters.changed();
    }

    // ---- reading

    /** Returns the usage of the topology. */
    public Usage usage() {
        return usage;
    }

    /** Returns whether any status has caveats. */
    public boolean hasCaveats() {
        return caveats != null;
    }

    public Caveats caveats(String overlay) {
        Function<String, Caveats> known = caveats;
        return known == null ? Caveats.NONE : known.apply(overlay);
    }

    /** Returns a network's shown status; null if it has neither a record nor a status. */
    public @Nullable SpokenStatus said(NetworkId id) {
        String key = id.toString();
        Network network = networks.get(key).orElse(null);
        NetworkStatus status = statuses.get(key).orElse(null);
        if (network == null) {
            return status == null
                    ? null
                    : SpokenStatus.of(
                            id,
                            Caveats.NONE,
                            new Caveats.StatusFacts(status.revision().generation(), true, status, null, true));
        }
        Caveats of = caveats(id.overlay());
        PathDecision decision = paths.get(key).orElse(null);
        return SpokenStatus.of(
                id,
                of,
                new Caveats.StatusFacts(
                        network.generation(),
                        network.withdrawn(),
                        status == null || isOfAnEarlierLife(network, status) ? null : status,
                        decision,
                        of.decisions() == null || network.withdrawn() || knowsAttachments(key, decision)));
    }

    @Nullable SpokenStatus said(String key) {
        try {
            return said(NetworkId.of(key));
        } catch (IllegalArgumentException e) {
            return null; // the key is not a network's
        }
    }

    /** Returns a network's shown status if it differs from the record; null if it does not. */
    @Nullable SpokenStatus saidOtherwise(String key) {
        return caveats == null
                        || caveats(key.substring(0, Math.max(0, key.indexOf('/'))))
                                .equals(Caveats.NONE)
                ? null
                : said(key);
    }

    /** Returns whether the status belongs to a removed network of the same name. */
    private static boolean isOfAnEarlierLife(Network network, NetworkStatus status) {
        return !network.withdrawn()
                && status.revision().generation() < network.generation()
                && (status.phase() == Phase.REMOVING || status.phase() == Phase.REMOVED);
    }

    private boolean knowsAttachments(String network, @Nullable PathDecision decision) {
        Set<String> recorded = attachments.under(network + "/").stream()
                .filter(attachment -> !attachment.withdrawn())
                .map(attachment ->
                        attachment.id().id() + " at " + attachment.spec().node())
                .collect(Collectors.toSet());
        return decision != null
                && recorded.equals(decision.attachments().stream()
                        .map(state -> state.attachment() + " at " + state.node())
                        .collect(Collectors.toSet()));
    }

    public RecordTable<Node> nodes() {
        return nodes;
    }

    public RecordTable<Link> links() {
        return links;
    }

    /** Returns the claims of overlays to switches. */
    public Claims claims() {
        return claims;
    }

    public RecordTable<Network> networks() {
        return networks;
    }

    public RecordTable<Attachment> attachments() {
        return attachments;
    }

    public RecordTable<PathDecision> paths() {
        return paths;
    }

    public RecordTable<NetworkStatus> statuses() {
        return statuses;
    }

    public RecordTable<Switch> switches() {
        return switches;
    }

    public RecordTable<Port> ports() {
        return ports;
    }

    /** Returns the ports by name or number. */
    public SeenPorts seenPorts() {
        return seenPorts;
    }

    public RecordTable<LinkState> linkStates() {
        return linkStates;
    }

    /** Returns the networks with counters in a switch. */
    public List<NetworkId> counted(DatapathId datapathId) {
        String prefix = datapathId + "/";
        return counters.keysUnder(prefix).stream()
                .flatMap(key -> network(key.substring(prefix.length())).stream())
                .toList();
    }

    /** Parses a network's key; empty if Vlink did not write it. */
    private static Optional<NetworkId> network(String text) {
        try {
            return Optional.of(NetworkId.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the counters of one network in one switch, as last read. */
    public @Nullable RuleCounters counters(DatapathId datapathId, NetworkId network) {
        return counters.get(datapathId + "/" + network).map(HeldCounters::read).orElse(null);
    }

    Snapshot shown(Filter filter) {
        return new Snapshot(filter, this::table);
    }

    private RecordTable<? extends Record> table(ChangeKind kind) {
        return switch (kind) {
            case NODE -> nodes;
            case LINK -> links;
            case NETWORK -> networks;
            case ATTACHMENT -> attachments;
            case PATH -> paths;
            case STATUS -> caveats == null ? statuses : spoken();
            case SWITCH -> switches;
            case PORT -> ports;
            case LINK_STATE -> linkStates;
        };
    }

    private RecordTable<SpokenStatus> spoken() {
        RecordTable<SpokenStatus> all = new RecordTable<>((a, b) -> false);
        Stream.concat(
                        networks.all().stream().map(Network::id),
                        statuses.all().stream().map(NetworkStatus::id))
                .distinct()
                .forEach(id -> all.put(id.toString(), said(id)));
        return all;
    }

    // ---- waiting

    /** A listener to changes of a key. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        /** Ends it; may be repeated. */
        @Override
        void close();
    }

    /**
     * Calls {@code look} after each change of a record with this key, in any topic, on the thread that made the change,
     * until the watch is closed. No change in between is left out.
     */
    public Watch watch(String key, Runnable look) {
        return waiters.watch(key, look);
    }

    /** Returns the number of waiting calls. */
    public int waiting() {
        return waiters.count();
    }

    /** Limits all waits to {@code grace} from now on, because the service is about to stop. */
    public void drain(Duration grace) {
        waiters.drain(grace);
    }

    /**
     * Waits for a condition. Completes with true as soon as {@code condition} holds, on the thread that made the
     * change, or with false when {@code deadline} has passed.
     *
     * @param key key of the records that the condition depends on, in any topic
     */
    public CompletableFuture<Boolean> await(String key, BooleanSupplier condition, Duration deadline) {
        return waiters.await(key, condition, deadline);
    }
}
