package io.vlink.gateway.openflow.exchanges;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.gateway.openflow.frames.RawPart;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.control.SwitchControl;
import io.vlink.gateway.switches.control.SwitchSettings;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.possession.SuiteMarks;
import io.vlink.gateway.switches.possession.SuiteView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** Gateways that die at a given message, the switch between them, and what is wanted by then. */
abstract class CutGatewayFixture {

    static final DatapathId ID = DatapathId.of("a");

    static final SwitchSettings SETTINGS = new SwitchSettings(
            "gw", Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

    static final long FOREIGN_METER = 60_000;
    static final Owner LINKS = new LinkPort("default", PortNumber.of(9));
    static final int LINK_METER = LinkMeter.of(PortNumber.of(9)).orElseThrow();
    OFVersion version = OFVersion.OF_14;

    /** The last rule set of each network; null: its key is a tombstone. */
    final Map<Owner, RuleSet> wanted = new LinkedHashMap<>();

    long steps;
    long generations;
    Table table = Table.CLASSIFY;

    /** The generation that the suite was finalised for; negative: no suite is known. */
    int generation = -1;

    /** The rules of others, as the switch reports them. */
    Map<ForeignRule, Duration> others = Map.of();

    /** Inspects the switch after each message. */
    Consumer<ModelSwitch> watch = model -> {};

    /** A gateway with its connection to the switch. */
    final class Life {
        private final PendingRequests pending = new PendingRequests();
        private final EmbeddedChannel channel = new EmbeddedChannel(pending);
        private final RuleReader reader = new RuleReader(channel, OFFactories.getFactory(version), pending);
        private final RuleWriter writer;
        final SwitchControl control = new SwitchControl(ID, ++generations, SETTINGS);
        private final ModelSwitch model;
        private final Queue<SwitchEvent> events = new ArrayDeque<>();
        private final Instant now = Instant.EPOCH;
        int messages;
        private final int lastMessage;

        Life(ModelSwitch model, int lastMessage) {
            this.model = model;
            this.lastMessage = lastMessage;
            this.writer = new RuleWriter(
                    channel,
                    OFFactories.getFactory(version),
                    pending,
                    reader,
                    new OpenFlowMeters(new SimpleMeterRegistry()),
                    () -> {});
            if (generation >= 0) {
                control.of(new SuiteView(SuiteMarks.of("00000000000000aa", generation, 1), 0));
            }
            wanted.values().forEach(control::put);
            model.disconnected();
            events.add(new SwitchEvent.Connected(ID, 1, "127.0.0.1:1", "1.4", "model", List.of()));
            run();
        }

        void put(RuleSet set) {
            control.put(set);
            run();
        }

        void remove(Owner owner) {
            control.remove(owner);
            run();
        }

        boolean isDead() {
            return messages >= lastMessage;
        }

        private void run() {
            boolean busy = true;
            while (busy && !isDead()) {
                SwitchEffects effects = new SwitchEffects();
                for (SwitchEvent event = events.poll(); event != null; event = events.poll()) {
                    control.on(event, effects, now);
                }
                control.act(effects, now);
                effects.commands().forEach(this::perform);
                channel.flush();
                busy = exchange() || !events.isEmpty();
            }
        }

        private void perform(SwitchCommand command) {
            switch (command) {
                case SwitchCommand.AskMaster ask -> events.add(new SwitchEvent.MasterGranted(ID, 1));
                case SwitchCommand.ReadContents read ->
                    reader.read(
                            now, contents -> events.add(new SwitchEvent.ContentsRead(ID, 1, read.number(), contents)));
                case SwitchCommand.Write write ->
                    writer.write(
                            write.batch(),
                            errors -> events.add(new SwitchEvent.BatchDone(
                                    ID, 1, write.batch().number(), errors)));
                case SwitchCommand.PutMarker mark -> writer.mark(mark.put(), mark.remove(), mark.clears());
                case SwitchCommand.ReadForeign read -> events.add(new SwitchEvent.ForeignRead(ID, 1, others));
                default -> {}
            }
        }

        /** Passes messages to the switch and its answers back, up to the message at which the gateway dies. */
        private boolean exchange() {
            boolean any = false;
            for (OFMessage sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
                if (isDead()) {
                    return false;
                }
                messages++;
                any = true;
                for (OFMessage answer : model.take(sent)) {
                    channel.writeInbound(asTold(answer));
                }
                watch.accept(model);
            }
            return any;
        }
    }

    /** Encodes and decodes a message, as on the wire. */
    static Object asTold(OFMessage answer) {
        if ((answer.getXid() & RawPart.RAW) == 0) {
            return answer;
        }
        ByteBuf frame = Unpooled.buffer();
        answer.writeTo(frame);
        return RawPart.read(frame);
    }

    static NetworkId id(int n) {
        return new NetworkId("default", "ns", "n" + n);
    }

    /** The rule set of one network: ingress rules, with or without a meter. */
    RuleSet set(int n, int meter, int label, int rules) {
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            List<Action> actions = new ArrayList<>();
            if (meter > 0) {
                actions.add(new Action.ApplyMeter(meter));
            }
            actions.add(new Action.PushLabel(new Label(Label.LabelKind.VLAN, label)));
            actions.add(new Action.Output(PortNumber.of(9)));
            all.add(new Rule(
                    Cookie.of(Cookie.CookieKind.FORWARDING, n, Direction.FORWARD),
                    100,
                    new Match.AtPort(PortNumber.of(10L * n + i), null),
                    actions,
                    table));
        }
        return new RuleSet(
                ID,
                id(n),
                new Revision(1, ++steps, 2),
                meter > 0 && meter < LinkMeter.FIRST && rules > 0
                        ? List.of(new Meter(meter, 20_000L + meter, 400))
                        : List.of(),
                List.of(),
                all);
    }

    /** The shared rule set of the links that begin at port 9: a meter and a group, or nothing. */
    RuleSet links(int rate) {
        return new RuleSet(
                ID,
                LINKS,
                new Revision(1, ++steps, 0),
                rate > 0 ? List.of(new Meter(LINK_METER, rate, 400)) : List.of(),
                rate > 0
                        ? List.of(new Group(
                                LINK_METER,
                                Group.Kind.FAST_FAILOVER,
                                List.of(new Bucket(
                                        PortNumber.of(9), null, List.of(new Action.Output(PortNumber.of(9)))))))
                        : List.of(),
                List.of());
    }

    static List<Integer> watches(Group group) {
        return group.buckets().stream()
                .map(Bucket::watchGroup)
                .filter(Objects::nonNull)
                .toList();
    }

    void assertExactlyWhatIsWanted(ModelSwitch model, Object scenario) {
        TreeSet<String> slots = new TreeSet<>();
        TreeSet<Long> meters = new TreeSet<>(List.of(FOREIGN_METER));
        wanted.values().forEach(set -> {
            set.rules().forEach(rule -> slots.add("port " + rule.match().inPort() + " meter " + meter(rule)));
            set.meters().forEach(meter -> meters.add((long) meter.number()));
        });
        assertThat(model.ourRules()).as("rules after %s", scenario).isEqualTo(slots);
        TreeSet<String> groups = new TreeSet<>();
        wanted.values().forEach(set -> set.groups()
                .forEach(group -> groups.add(group.number() + " watches " + watches(group))));
        assertThat(model.groups()).as("groups after %s", scenario).containsAll(groups);
        // a group that no rule leads to when its gateway dies cannot be distinguished from those of others
        assertThat(groups).as("groups after %s", scenario).containsAll(model.groupsInUse());
        assertThat(model.meters()).as("meters after %s", scenario).isEqualTo(meters);
        assertThat(model.hasForeignRule()).as("foreign rule after %s", scenario).isTrue();
    }

    static long meter(Rule rule) {
        return rule.actions().stream()
                .filter(Action.ApplyMeter.class::isInstance)
                .map(action -> (long) ((Action.ApplyMeter) action).meter())
                .findFirst()
                .orElse(0L);
    }

    ModelSwitch begin() {
        wanted.clear();
        ModelSwitch model = new ModelSwitch(version);
        model.foreign(FOREIGN_METER);
        return model;
    }

    void change(Life life, RuleSet set) {
        wanted.put(set.owner(), set);
        life.put(set);
    }
}
