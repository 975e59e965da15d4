package io.vlink.flow.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.links.LinkState;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Table;
import io.vlink.events.services.Services;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Switch;
import io.vlink.flow.compile.Layout;
import io.vlink.flow.status.StatusComposer;
import io.vlink.flow.status.Switches;
import io.vlink.log.DeadLetters;
import io.vlink.log.Entry;
import io.vlink.log.Inbox;
import io.vlink.log.Outbox;
import io.vlink.log.Partitions;
import io.vlink.log.Shard;
import io.vlink.log.schema.UnreadableEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All networks of the overlays of one partition number: dispatches records, and processes each network that they concern. */
final class FlowShard implements Shard {

    private static final Logger LOG = Logger.getLogger(FlowShard.class);
    /** The generation of internal records from which links own rules. Earlier builds cannot read those. */
    private static final int LINKS_FROM = 1;

    private final int partition;
    private final int partitions;
    private final Duration settling;
    private final FlowMeters meters;
    private final Switches switches = new Switches();
    private final StatusComposer composer = new StatusComposer(switches);
    private final Echoes echoes = new Echoes();
    private final LinkFlows links;
    private final Map<NetworkId, NetworkFlow> networks = new HashMap<>();
    /** Networks to process in the next turn, all in {@link #networks}. */
    private final Set<NetworkFlow> touched = new LinkedHashSet<>();
    /** Networks with new rule states, which may not need processing. All are in {@link #networks}. */
    private final Set<NetworkFlow> heard = new LinkedHashSet<>();

    private final Supplier<Services> services;
    private final Crossings crossings;
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparing(Alarm::at));
    private final DeadLetters dead;
    private final Inbox inbox = new Inbox();
    /** The table for rules of networks. */
    private Table table = Table.ofNetworks(0);

    private boolean loaded;

    private record Alarm(Instant at, NetworkId network) {}

    /**
     * Creates an empty shard.
     *
     * @param services the services that are present; read once all is loaded, as changes reach only loaded shards
     */
    FlowShard(int partition, int partitions, Duration settling, FlowMeters meters, Supplier<Services> services) {
        this.partition = partition;
        this.partitions = partitions;
        this.settling = settling;
        this.meters = meters;
        this.services = services;
        this.links = new LinkFlows(echoes, meters);
        this.crossings = new Crossings(switches, datapathId -> Partitions.of(datapathId, partitions));
        this.dead = new DeadLetters(partition);
        inbox.onKey(PathDecision.TOPIC, this::onDecision)
                .on(RuleState.TOPIC, this::onRuleState)
                .onKey(NetworkStatus.TOPIC, this::onStatus)
                .onKey(RuleSet.TOPIC, this::onRuleSet)
                .on(Switch.TOPIC, this::onSwitch)
                .on(LinkState.TOPIC, this::onLinkState)
                .onKey(LinkShare.TOPIC, this::onShare);
    }

    /** Processes a change of the present services. */
    void heard(Services services) {
        crossings.heard(services);
    }

    @Override
    public void finalisedFor(int generation) {
        table = Table.ofNetworks(generation);
        links.leaveAlone(generation < LINKS_FROM);
    }

    @Override
    public Set<Topic> topics() {
        return inbox.topics();
    }

    @Override
    public void on(Entry entry) {
        inbox.take(entry, dead);
    }

    private void onDecision(NetworkId id, Entry entry) throws UnreadableEvent {
        if (entry.value() == null) {
            NetworkFlow known = networks.get(id);
            if (known != null) {
                known.ledger().decisionDeleted();
                touched.add(known);
            }
            return;
        }
        NetworkFlow flow = of(id);
        touched.add(flow);
        try {
            PathDecision decision = Objects.requireNonNull(Inbox.value(PathDecision.TOPIC, id, entry));
            flow.ledger().decided(decision, entry.timestamp());
            if (decision.current() != null) {
                decision.current().datapathIds().forEach(datapathId -> crossings.add(id, datapathId));
            }
            decision.retiring()
                    .forEach(removal ->
                            removal.circuit().datapathIds().forEach(datapathId -> crossings.add(id, datapathId)));
        } catch (UnreadableEvent | IllegalArgumentException e) {
            flow.ledger().decisionUnreadable();
            throw e;
        }
    }

    private void onRuleState(InSwitch key, @Nullable RuleState state, Entry entry) {
        switch (key.owner()) {
            case NetworkId id -> onStateOfNetwork(id, key.datapathId(), state, entry);
            case LinkPort link -> links.onRuleState(key, state, entry);
        }
    }

    private void onStateOfNetwork(NetworkId id, DatapathId datapathId, @Nullable RuleState state, Entry entry) {
        if (state != null) {
            NetworkFlow flow = of(id);
            flow.ledger().heard(state, entry.offset(), entry.timestamp());
            heard.add(flow);
            return;
        }
        NetworkFlow known = networks.get(id);
        if (known != null) {
            known.ledger().heardNoMore(datapathId);
            touched.add(known);
        }
    }

    private void onRuleSet(InSwitch key, Entry entry) throws UnreadableEvent {
        boolean ours = isOurs(key.owner().overlay());
        if (!ours && entry.partition() != partition) {
            return;
        }
        switch (key.owner()) {
            case NetworkId id -> onSetOfNetwork(key, id, ours, entry);
            case LinkPort link -> {
                if (ours) {
                    links.onRuleSet(key, entry, loaded);
                }
            }
        }
    }

    private void onSetOfNetwork(InSwitch key, NetworkId id, boolean ours, Entry entry) throws UnreadableEvent {
        if (ours && echoes.isNext(Topic.RULES, String.valueOf(entry.key()), entry.value())) {
            NetworkFlow flow = of(id);
            flow.ledger().readOwn(key.datapathId());
            dropAfter(flow);
            return;
        }
        RuleSet set = null;
        try {
            set = Inbox.value(RuleSet.TOPIC, key, entry);
        } finally {
            // A record that cannot be read is not ours.
            if (ours && (set != null || networks.containsKey(id))) {
                readBack(of(id), key.datapathId(), set);
            }
        }
    }

    private void readBack(NetworkFlow flow, DatapathId datapathId, @Nullable RuleSet set) {
        NetworkId id = flow.ledger().id();
        boolean foreign = flow.ledger().read(datapathId, set);
        crossings.add(id, datapathId);
        if (!foreign) {
            dropAfter(flow);
            return;
        }
        touched.add(flow);
        if (loaded) {
            LOG.warnf(
                    "A former owner replaced a rule set; it is written again. (network=%s, datapathId=%s)",
                    id, datapathId);
            meters.lateWriteSeen();
        }
    }

    private void onShare(LinkShare.ShareKey key, Entry entry) throws UnreadableEvent {
        if (isOurs(key.overlay())) {
            links.onShare(key, entry);
        }
    }

    private void onStatus(NetworkId id, Entry entry) throws UnreadableEvent {
        if (entry.value() == null && !networks.containsKey(id)) {
            return;
        }
        NetworkFlow flow = of(id);
        if (echoes.isNext(Topic.STATUSES, String.valueOf(entry.key()), entry.value())) {
            flow.status().readOwn();
            dropAfter(flow);
            return;
        }
        touched.add(flow);
        try {
            if (flow.status().read(Inbox.value(NetworkStatus.TOPIC, id, entry)) && loaded) {
                LOG.warnf("A former owner replaced a status; it is written again. (network=%s)", id);
                meters.lateWriteSeen();
            }
        } catch (UnreadableEvent e) {
            flow.status().read(null); // a record that cannot be read is not ours
            throw e;
        }
    }

    /**
     * One of this owner's records that was read back changes nothing, but a network may have been kept only until then.
     */
    private void dropAfter(NetworkFlow flow) {
        if (flow.isFinished()) {
            touched.add(flow);
        }
    }

    /** Marks a network as touched, if it is held. */
    private void touch(NetworkId id) {
        NetworkFlow flow = networks.get(id);
        if (flow != null) {
            touched.add(flow);
        }
    }

    private void onSwitch(DatapathId datapathId, @Nullable Switch state, Entry entry) {
        if (state == null) {
            switches.dropped(datapathId);
        } else if (!switches.heard(state, entry.offset(), entry.timestamp())) {
            return;
        }
        crossings.changed(datapathId);
        crossings.of(datapathId).forEach(this::touch);
    }

    private void onLinkState(ResourceId unused, @Nullable LinkState state, Entry entry) {
        if (state != null && state.heard() != null) {
            crossings.heard(state.heard());
        }
    }

    @Override
    public void loaded() {
        loaded = true;
        dead.loaded();
        crossings.heard(services.get());
        networks.values().forEach(NetworkFlow::loaded);
        touched.addAll(networks.values());
        LOG.infof("Partition %d is loaded: %d networks.", partition, size());
    }

    /** Returns the number of networks held. */
    int size() {
        return networks.size();
    }

    @Override
    public @Nullable Instant act(Outbox out, Instant now) {
        dead.report(out, now);
        while (!alarms.isEmpty() && !alarms.peek().at().isAfter(now)) {
            touch(alarms.remove().network());
        }
        for (NetworkFlow flow : heard) {
            if (!flow.isWaiting(now)) {
                touched.add(flow);
            }
        }
        heard.clear();
        crossings.take(now).forEach(this::touch);
        links.act(out).forEach(this::meterChanged);
        for (NetworkFlow flow : touched) {
            act(flow, out, now);
        }
        touched.clear();
        if (crossings.isBehind()) {
            return now;
        }
        return Stream.concat(Stream.ofNullable(alarms.peek()).map(Alarm::at), crossings.wakeUps())
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Notifies the networks concerned that a port of links has gained or lost its meter. */
    private void meterChanged(LinkFlows.SendingPort changed) {
        for (NetworkId id : crossings.of(changed.port().datapathId())) {
            NetworkFlow flow = networks.get(id);
            if (flow != null
                    && id.overlay().equals(changed.overlay())
                    && flow.ledger().meterChanged(changed.port())) {
                touched.add(flow);
            }
        }
    }

    private void act(NetworkFlow flow, Outbox out, Instant now) {
        NetworkId id = flow.ledger().id();
        Instant next = flow.act(now, out);
        if (next != null) {
            alarms.add(new Alarm(next, id));
        }
        if (flow.isFinished()) {
            flow.close();
            networks.remove(id);
            crossings.drop(id);
        }
    }

    @Override
    public void closed() {
        networks.values().forEach(NetworkFlow::close);
    }

    private NetworkFlow of(NetworkId id) {
        return networks.computeIfAbsent(
                id,
                i -> new NetworkFlow(
                        i,
                        settling,
                        new Layout(table, links.meteredIn(i.overlay())),
                        switches,
                        composer,
                        echoes,
                        meters));
    }

    private boolean isOurs(String overlay) {
        return Partitions.of(overlay, partitions) == partition;
    }
}
