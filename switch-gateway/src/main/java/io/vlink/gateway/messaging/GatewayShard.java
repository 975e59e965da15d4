package io.vlink.gateway.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.links.LinkStates;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.control.OwnedSwitches;
import io.vlink.gateway.switches.control.Strangers;
import io.vlink.gateway.switches.control.SwitchControl;
import io.vlink.gateway.switches.control.SwitchSettings;
import io.vlink.gateway.switches.possession.Decision;
import io.vlink.gateway.switches.possession.SuiteMarks;
import io.vlink.gateway.switches.possession.SuiteView;
import io.vlink.gateway.tunnels.TunnelTopology;
import io.vlink.log.DeadLetters;
import io.vlink.log.Entry;
import io.vlink.log.Inbox;
import io.vlink.log.Outbox;
import io.vlink.log.Partitions;
import io.vlink.log.Shard;
import io.vlink.log.schema.UnreadableEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The switches of one partition number: passes records to {@link SwitchControl} and {@link LinkStates}, and back. */
final class GatewayShard implements Shard {

    private final int partition;
    private final int partitions;
    private final long generation;
    private final SwitchSettings settings;
    private final CommandDispatcher edge;
    private final SwitchMeters meters;
    private final Clock clock;
    private final OwnedSwitches switches;
    private final DeclaredNodes nodes;
    private final LinkStates links;
    private final TunnelTopology tunnels;
    private final TunnelsDue tunnelsDue;

    /** While loading: the switches with a deleted record. */
    private final Set<DatapathId> removed = new HashSet<>();

    private final DeadLetters dead;
    private final Inbox inbox = new Inbox();
    private final RecordsOut records = new RecordsOut();
    private SwitchEffects effects = new SwitchEffects();
    private long highestEpoch;
    private final LeftAlone leftAlone;
    private final Elsewhere elsewhere;
    private final SuiteWord word;
    private final StrayCounters strays;
    /** The suite that the data in Kafka belongs to, 16 hex digits; null while not known. */
    private @Nullable String suite;
    /** The marks of its switches; null while not known. */
    private @Nullable SuiteMarks marks;

    private long rulesEnd;
    private boolean serving;

    GatewayShard(
            int partition,
            int partitions,
            long generation,
            SwitchSettings settings,
            CommandDispatcher edge,
            SwitchMeters meters,
            Strangers strangers,
            int tunnelPort,
            Clock clock,
            LeftAlone leftAlone,
            Elsewhere elsewhere,
            SuiteWord word,
            StrayCounters strays) {
        this.partition = partition;
        this.partitions = partitions;
        this.generation = generation;
        this.settings = settings;
        this.edge = edge;
        this.meters = meters;
        this.clock = clock;
        this.leftAlone = leftAlone;
        this.elsewhere = elsewhere;
        this.switches = new OwnedSwitches(strangers, this::made, meters);
        this.word = word;
        this.strays = strays;
        this.nodes = new DeclaredNodes(this::isOurs);
        this.tunnels = new TunnelTopology(tunnelPort);
        this.tunnelsDue = new TunnelsDue(tunnels, this::isOurs);
        this.links = new LinkStates(this::isOurs, overlay -> Partitions.of(overlay, partitions) == partition);
        this.dead = new DeadLetters(partition);
        inbox.on(RuleSet.TOPIC, this::rules)
                .onKey(Switch.TOPIC, this::switchState)
                .on(Port.TOPIC, this::port)
                .on(Node.TOPIC, (id, node, entry) -> node(id, node))
                .on(Link.TOPIC, (id, link, entry) -> {
                    links.link(id, link);
                    tunnels.link(id, link);
                })
                .on(LinkState.TOPIC, (id, state, entry) -> links.loaded(id, state));
    }

    private boolean isOurs(DatapathId datapathId) {
        return Partitions.of(datapathId, partitions) == partition;
    }

    @Override
    public Set<Topic> topics() {
        return inbox.topics();
    }

    @Override
    public void on(Entry entry) {
        inbox.take(entry, dead);
    }

    private void rules(InSwitch key, @Nullable RuleSet set, Entry entry) {
        SwitchControl control = control(key.datapathId());
        control.recorded(entry.offset());
        rulesEnd = Math.max(rulesEnd, entry.offset() + 1);
        if (set == null) {
            control.remove(key.owner());
        } else {
            control.put(set);
        }
    }

    private void seen(DatapathId id, @Nullable Switch state) {
        if (state != null) {
            removed.remove(id);
            control(id).loaded(state);
        } else if (serving) {
            SwitchControl known = switches.known(id);
            if (known != null) {
                known.deleted(effects);
            }
        } else {
            removed.add(id);
            control(id).loaded((Switch) null);
        }
    }

    /** Applies records of all switches: those of other shards show whether a neighbour has lost its controller. */
    private void switchState(DatapathId id, Entry entry) throws UnreadableEvent {
        Switch state;
        try {
            state = Inbox.value(Switch.TOPIC, id, entry);
        } catch (UnreadableEvent e) {
            if (!isOurs(id)) {
                links.heard(id, null);
            }
            throw e;
        }
        links.heard(id, state);
        elsewhere.heard(id, state);
        if (isOurs(id)) {
            highestEpoch = Math.max(highestEpoch, state == null ? 0 : state.epoch());
            seen(id, state);
        }
    }

    private void port(SwitchPort id, @Nullable Port port, Entry unused) {
        if (port == null) {
            SwitchControl known = switches.known(id.datapathId());
            if (known != null) {
                known.portDeleted(id.port(), effects);
            }
        } else {
            highestEpoch = Math.max(highestEpoch, port.epoch());
            control(id.datapathId()).loaded(port);
        }
    }

    private void node(ResourceId id, @Nullable Node node) {
        Node before = nodes.put(id, node);
        switches.node(before, node);
        links.node(id, node);
        tunnels.node(id, node);
        if (serving) {
            for (Node changed : Arrays.asList(before, node)) {
                if (changed != null && isOurs(changed.spec().datapathId())) {
                    tellOvsdb(changed.spec().datapathId());
                }
            }
        }
    }

    private void tellOvsdb(DatapathId datapathId) {
        DeclaredNodes.Declaration declared = nodes.of(datapathId);
        leftAlone.declare(datapathId, declared.present());
        control(datapathId).ovsdb(declared.ovsdb(), effects, clock.instant());
    }

    private SwitchControl control(DatapathId datapathId) {
        return switches.of(datapathId);
    }

    private SwitchControl made(DatapathId id) {
        SwitchControl control = new SwitchControl(id, generation, settings);
        tellSuite(control);
        if (serving) {
            raise(control);
        }
        return control;
    }

    private void tellSuite(SwitchControl control) {
        if (marks != null) {
            control.of(new SuiteView(marks, rulesEnd));
        }
    }

    @Override
    public void endsAt(Topic topic, long offset) {
        if (topic == Topic.RULES) {
            rulesEnd = offset;
        }
    }

    @Override
    public void suite(String id, int generation) {
        suite = id;
        marks = SuiteMarks.of(id, generation, Topic.generation());
    }

    /** Applies an operator's decision about switches. */
    void decide(Set<DatapathId> ids, Decision decision) {
        boolean decided = false;
        for (DatapathId id : ids) {
            SwitchControl known = switches.known(id);
            decided |= known != null && known.decide(decision, effects, clock.instant());
        }
        if (decided) { // records that a producer held while Kafka's data was replaced may have arrived after the load
            strays.look(partition, this);
        }
    }

    /** Returns the counters of this shard's switches for which no network has rules. */
    List<InSwitch> strays(List<InSwitch> counted) {
        return switches.strays(
                counted.stream().filter(each -> isOurs(each.datapathId())).toList());
    }

    @Override
    public void loaded() {
        serving = true;
        if (suite != null) {
            word.loaded(partition, suite, clock.instant());
        }
        switches.all().forEach(this::tellSuite);
        dead.loaded();
        // The generation restarts when Kafka has dropped the group; records written here must still count as newer.
        highestEpoch = Math.max(highestEpoch, links.highestEpoch());
        switches.all().forEach(this::raise);
        nodes.switches().forEach(this::tellOvsdb);
        removed.forEach(id -> control(id).deleted(effects));
        removed.clear();
        edge.announce(this::isOurs);
        strays.look(partition, this);
    }

    private void raise(SwitchControl control) {
        if (highestEpoch >= generation) {
            control.raiseEpoch(highestEpoch + 1);
        }
    }

    /** Handles an event of a switch of this shard. */
    void on(SwitchEvent event) {
        if (!switches.takes(event, effects, clock.instant())) {
            return;
        }
        DatapathId id = event.datapathId();
        if (switches.known(id) == null) {
            tellOvsdb(id);
        }
        control(id).on(event, effects, clock.instant());
        if (event instanceof SwitchEvent.TunnelsKept) {
            links.changed(id);
        } else if (event instanceof SwitchEvent.ContentsRead) {
            links.counted(id);
        }
    }

    @Override
    public @Nullable Instant act(Outbox out, Instant now) {
        Instant next = switches.act(effects, now);
        SwitchEffects due = effects;
        effects = new SwitchEffects();
        // Before the OVSDB of a node is left: tunnels that are no longer wanted are removed first.
        tunnelsDue.tell(changed -> control(changed).isOurs(), edge::tunnels);
        due.doubts().forEach(doubt -> leftAlone.set(doubt.datapathId(), doubt.reason()));
        edge.perform(due);
        due.ports().forEach(port -> links.changed(port.id().datapathId()));
        due.switches().forEach(state -> {
            links.changed(state.id());
            links.heard(state.id(), state);
        });
        LinkStates.News news = links.news(id -> new ReceivingEnd(control(id)), now);
        records.put(due, news, this::isWriting, out, now);
        dead.report(out, now);
        edge.note(due);
        news.changed().forEach(edge::note);
        return records.earlier(next);
    }

    /** Returns whether any switch is about to confirm rules. */
    private boolean isWriting() {
        return switches.all().stream().anyMatch(SwitchControl::isWriting);
    }

    @Override
    public void closed() {
        meters.close();
        if (serving) {
            word.closed(partition);
            SwitchEffects last = new SwitchEffects();
            switches.all().forEach(control -> control.leave(last));
            edge.perform(last);
            leftAlone.drop(this::isOurs);
            edge.release(this::isOurs, List.copyOf(switches.ids()));
        }
    }
}
