package io.vlink.flow.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.links.LinkState;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.services.Services;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Switch;
import io.vlink.flow.status.StatusComposer;
import io.vlink.flow.status.Switches;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Outbox;
import io.vlink.log.Partitions;
import io.vlink.log.Shard;
import io.vlink.log.UnreadableEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All networks of the overlays of one partition number: translates records, and has each network act that was touched. */
final class FlowShard implements Shard {

    private static final Logger LOG = Logger.getLogger(FlowShard.class);
    /** How many networks have their turn together because a gateway came or went: what is urgent is not to wait for all. */
    private static final int AT_ONCE = 200;

    private final int partition;
    private final int partitions;
    private final Duration settling;
    private final FlowMeters meters;
    private final Switches switches = new Switches();
    private final StatusComposer composer = new StatusComposer(switches);
    private final Echoes echoes = new Echoes();
    private final Map<NetworkId, NetworkFlow> networks = new HashMap<>();
    private final Map<DatapathId, Set<NetworkId>> networksOn = new HashMap<>();
    private final Set<NetworkId> touched = new LinkedHashSet<>();
    /** Networks of which a switch was heard; there may be no other news of them. */
    private final Set<NetworkId> heard = new LinkedHashSet<>();

    /** Networks that cross a switch whose gateway came or went. */
    private final Set<NetworkId> later = new LinkedHashSet<>();

    private final GatewayWatch gateways;
    private final LifeWatch life = new LifeWatch(switches);
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparing(Alarm::at));
    private final List<DeadRecord> dead = new ArrayList<>();
    private boolean loaded;

    private record Alarm(Instant at, NetworkId network) {}

    private record DeadRecord(Entry entry, String reason) {}

    FlowShard(int partition, int partitions, Duration settling, FlowMeters meters) {
        this.partition = partition;
        this.partitions = partitions;
        this.settling = settling;
        this.meters = meters;
        this.gateways = new GatewayWatch(switches, datapathId -> Partitions.of(datapathId, partitions));
    }

    /** Who else is there has changed. */
    void heard(Services services) {
        gateways.heard(services);
    }

    @Override
    public void on(Entry entry) {
        String key = entry.key();
        try {
            if (key == null) {
                throw new UnreadableEvent("The record has no key.");
            }
            switch (entry.topic()) {
                case PATHS -> onDecision(NetworkId.of(key), entry);
                case RULE_STATES -> onRuleState(key, entry);
                case STATUSES -> onStatus(NetworkId.of(key), entry);
                case RULES -> onRuleSet(key, entry);
                case SWITCHES -> onSwitch(DatapathId.of(key), entry);
                case LINK_STATES -> onLinkState(entry);
                default ->
                    throw new IllegalStateException("The topic %s was never asked for.".formatted(entry.topic()));
            }
        } catch (UnreadableEvent | IllegalArgumentException e) {
            if (loaded && isOurs(entry)) {
                dead.add(new DeadRecord(entry, String.valueOf(e.getMessage())));
            }
        }
    }

    /** Every shard sees the topics that are read whole, but one speaks of what is wrong in them. */
    private boolean isOurs(Entry entry) {
        return entry.topic().sharding() == Topic.Sharding.OVERLAY || entry.partition() == partition;
    }

    private void onDecision(NetworkId id, Entry entry) throws UnreadableEvent {
        if (entry.value() == null) {
            NetworkFlow known = networks.get(id);
            if (known != null) {
                known.ledger().decisionGone();
                touched.add(id);
            }
            return;
        }
        NetworkFlow flow = of(id);
        touched.add(id);
        try {
            PathDecision decision = EventJson.read(entry, PathDecision.class);
            requireKey(id, decision.id());
            flow.ledger().decided(decision, entry.timestamp());
            if (decision.current() != null) {
                decision.current().datapathIds().forEach(datapathId -> crosses(id, datapathId));
            }
            decision.retiring()
                    .forEach(retiring ->
                            retiring.circuit().datapathIds().forEach(datapathId -> crosses(id, datapathId)));
        } catch (UnreadableEvent | IllegalArgumentException e) {
            flow.ledger().decisionUnreadable();
            throw e;
        }
    }

    private void onRuleState(String key, Entry entry) throws UnreadableEvent {
        int slash = key.lastIndexOf('/');
        NetworkId id = NetworkId.of(key.substring(0, Math.max(slash, 0)));
        DatapathId datapathId = DatapathId.of(key.substring(slash + 1));
        if (entry.value() == null) {
            NetworkFlow known = networks.get(id);
            if (known != null) {
                known.ledger().heardNoMore(datapathId);
                touched.add(id);
            }
            return;
        }
        RuleState state = EventJson.read(entry, RuleState.class);
        requireKey(key, state.key());
        of(id).ledger().heard(state, entry.offset(), entry.timestamp());
        heard.add(id);
    }

    private void onRuleSet(String key, Entry entry) throws UnreadableEvent {
        int slash = key.indexOf('/');
        DatapathId datapathId = DatapathId.of(key.substring(0, Math.max(slash, 0)));
        NetworkId id = NetworkId.of(key.substring(slash + 1));
        boolean ours = Partitions.of(id.overlay(), partitions) == partition;
        if (!ours && entry.partition() != partition) {
            return;
        }
        if (ours && echoes.isNext(Topic.RULES, key, entry.value())) {
            NetworkFlow flow = of(id);
            flow.ledger().readOwn(datapathId);
            forgetAfter(flow);
            return;
        }
        RuleSet set = null;
        try {
            if (entry.value() != null) {
                RuleSet read = EventJson.read(entry, RuleSet.class);
                requireKey(key, read.key());
                set = read;
            }
        } finally {
            // Where it cannot be read, whatever it is, it is not ours.
            if (ours && (set != null || networks.containsKey(id))) {
                readBack(of(id), datapathId, set);
            }
        }
    }

    private void readBack(NetworkFlow flow, DatapathId datapathId, @Nullable RuleSet set) {
        NetworkId id = flow.ledger().id();
        if (flow.ledger().read(datapathId, set) && loaded) {
            LOG.warnf("A late writer's rule set is put right. (network=%s, datapathId=%s)", id, datapathId);
            meters.lateWriteSeen();
        }
        crosses(id, datapathId);
        touched.add(id);
    }

    private void onStatus(NetworkId id, Entry entry) throws UnreadableEvent {
        if (entry.value() == null && !networks.containsKey(id)) {
            return;
        }
        NetworkFlow flow = of(id);
        if (echoes.isNext(Topic.STATUSES, id.toString(), entry.value())) {
            flow.status().readOwn();
            forgetAfter(flow);
            return;
        }
        touched.add(id);
        try {
            NetworkStatus status = entry.value() == null ? null : EventJson.read(entry, NetworkStatus.class);
            if (status != null) {
                requireKey(id, status.id());
            }
            if (flow.status().read(status) && loaded) {
                LOG.warnf("A late writer's status is put right. (network=%s)", id);
                meters.lateWriteSeen();
            }
        } catch (UnreadableEvent e) {
            flow.status().read(null); // whatever it is, it is not ours
            throw e;
        }
    }

    /** What we wrote ourselves is no news, but may have been all that a network was still kept for. */
    private void forgetAfter(NetworkFlow flow) {
        if (flow.isEnding()) {
            touched.add(flow.ledger().id());
        }
    }

    private void onSwitch(DatapathId datapathId, Entry entry) throws UnreadableEvent {
        if (entry.value() == null) {
            switches.forgotten(datapathId);
        } else {
            Switch state = EventJson.read(entry, Switch.class);
            requireKey(datapathId, state.id());
            if (!switches.heard(state, entry.offset(), entry.timestamp())) {
                return;
            }
        }
        life.changed(datapathId);
        touched.addAll(networksOn.getOrDefault(datapathId, Set.of()));
    }

    private void onLinkState(Entry entry) throws UnreadableEvent {
        LinkState state = entry.value() == null ? null : EventJson.read(entry, LinkState.class);
        if (state != null && state.heard() != null) {
            life.heard(state.heard());
        }
    }

    @Override
    public void loaded() {
        loaded = true;
        networks.values().forEach(NetworkFlow::loaded);
        touched.addAll(networks.keySet());
        LOG.infof("Partition %d is loaded: %d networks.", partition, networks.size());
    }

    @Override
    public @Nullable Instant act(Outbox out, Instant now) {
        dead.forEach(record -> out.deadLetter(record.entry(), record.reason(), now));
        dead.clear();
        while (!alarms.isEmpty() && !alarms.peek().at().isAfter(now)) {
            touched.add(alarms.remove().network());
        }
        for (NetworkId id : heard) {
            NetworkFlow flow = networks.get(id);
            if (flow != null && !flow.isWaiting(now)) {
                touched.add(id);
            }
        }
        heard.clear();
        takeSomeOf(now);
        for (NetworkId id : touched) {
            NetworkFlow flow = networks.get(id);
            if (flow != null) {
                act(id, flow, out, now);
            }
        }
        touched.clear();
        if (!later.isEmpty()) {
            return now;
        }
        return Stream.of(
                        Stream.ofNullable(alarms.peek()).map(Alarm::at),
                        Stream.ofNullable(gateways.wakeAt()),
                        Stream.ofNullable(life.wakeAt()))
                .flatMap(times -> times)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private void takeSomeOf(Instant now) {
        List<DatapathId> changed = gateways.act(networksOn.keySet(), now);
        life.changed(changed);
        for (DatapathId datapathId :
                Stream.concat(changed.stream(), life.act(now).stream()).toList()) {
            later.addAll(networksOn.getOrDefault(datapathId, Set.of()));
        }
        Iterator<NetworkId> waiting = later.iterator();
        for (int i = 0; i < AT_ONCE && waiting.hasNext(); i++) {
            touched.add(waiting.next());
            waiting.remove();
        }
    }

    private void act(NetworkId id, NetworkFlow flow, Outbox out, Instant now) {
        Instant next = flow.act(now, out);
        if (next != null) {
            alarms.add(new Alarm(next, id));
        }
        if (flow.isFinished()) {
            flow.close();
            networks.remove(id);
            networksOn.values().forEach(ids -> ids.remove(id));
        }
    }

    @Override
    public void closed() {
        networks.values().forEach(NetworkFlow::close);
    }

    private NetworkFlow of(NetworkId id) {
        return networks.computeIfAbsent(id, i -> new NetworkFlow(i, settling, switches, composer, echoes, meters));
    }

    private void crosses(NetworkId id, DatapathId datapathId) {
        Set<NetworkId> on = networksOn.computeIfAbsent(datapathId, d -> new HashSet<>());
        if (on.isEmpty()) {
            gateways.crosses(datapathId);
            life.changed(datapathId);
        }
        on.add(id);
    }

    private static void requireKey(Object key, Object said) throws UnreadableEvent {
        if (!key.equals(said)) {
            throw new UnreadableEvent("The record of %s stands under the key %s.".formatted(said, key));
        }
    }
}
