package io.vlink.gateway.openflow.exchanges;

import io.vlink.gateway.openflow.exchanges.RuleWriter;
import io.vlink.gateway.openflow.exchanges.RuleReader;
import io.vlink.gateway.openflow.exchanges.OpenFlowMeters;
import io.vlink.gateway.openflow.exchanges.PendingRequests;
import io.vlink.gateway.openflow.frames.RawPart;
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
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.ForeignRule.Bits;
import io.vlink.gateway.switches.possession.SuiteMarks;
import io.vlink.gateway.switches.possession.SuiteView;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.control.SwitchControl;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.control.SwitchSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * A gateway dies between any two of its messages, and another one starts with the rule sets wanted by then. In the end the
 * switch contains exactly those, and the entries of others.
 */
class CutGatewayTest {

    private static final DatapathId ID = DatapathId.of("a");
    private static final SwitchSettings SETTINGS = new SwitchSettings(
            "gw", Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
    private static final long FOREIGN_METER = 60_000;
    private static final int SCENARIOS = 60;
    private static final Owner LINKS = new LinkPort("default", PortNumber.of(9));
    private static final int LINK_METER = LinkMeter.of(PortNumber.of(9)).orElseThrow();

    private OFVersion version = OFVersion.OF_14;

    /** The last rule set of each network; null: its key is a tombstone. */
    private final Map<Owner, RuleSet> wanted = new LinkedHashMap<>();

    private long steps;
    private long generations;
    private Table table = Table.CLASSIFY;
    /** The generation that the suite was finalised for; negative: no suite is known. */
    private int generation = -1;
    /** The rules of others, as the switch reports them. */
    private Map<ForeignRule, Duration> others = Map.of();
    /** Inspects the switch after each message. */
    private Consumer<ModelSwitch> watch = model -> {};

    /** A gateway with its connection to the switch. */
    private final class Life {
        private final PendingRequests pending = new PendingRequests();
        private final EmbeddedChannel channel = new EmbeddedChannel(pending);
        private final RuleReader reader = new RuleReader(channel, OFFactories.getFactory(version), pending);
        private final RuleWriter writer;
        private final SwitchControl control = new SwitchControl(ID, ++generations, SETTINGS);
        private final ModelSwitch model;
        private final Queue<SwitchEvent> events = new ArrayDeque<>();
        private final Instant now = Instant.EPOCH;
        private int messages;
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

        void forget(Owner owner) {
            control.forget(owner);
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
    private static Object asTold(OFMessage answer) {
        if ((answer.getXid() & RawPart.RAW) == 0) {
            return answer;
        }
        ByteBuf frame = Unpooled.buffer();
        answer.writeTo(frame);
        return RawPart.read(frame);
    }

    private static NetworkId id(int n) {
        return new NetworkId("default", "ns", "n" + n);
    }

    /** The rule set of one network: ingress rules, with or without a meter. */
    private RuleSet set(int n, int meter, int label, int rules) {
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

    /** The rule set of a network with a group of its own number, which watches the gate of the links at port 9, or the port. */
    private RuleSet grouped(int n, boolean gated, int label) {
        List<Action> actions = List.of(
                new Action.SwapLabel(new Label(Label.LabelKind.VLAN, label)), new Action.Output(PortNumber.of(9)));
        Bucket bucket = gated ? new Bucket(null, LINK_METER, actions) : new Bucket(PortNumber.of(9), null, actions);
        Rule rule = new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, n, Direction.FORWARD),
                100,
                new Match.AtPort(PortNumber.of(10L * n), null),
                List.of(new Action.ToGroup(n)),
                table);
        return new RuleSet(
                ID,
                id(n),
                new Revision(1, ++steps, 2),
                List.of(),
                List.of(new Group(n, Group.Kind.FAST_FAILOVER, List.of(bucket))),
                List.of(rule));
    }

    /** The shared rule set of the links that begin at port 9: a meter and a group, or nothing. */
    private RuleSet links(int rate) {
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

    private boolean areLinksNeeded() {
        return wanted.values().stream()
                .filter(set -> set.owner() instanceof NetworkId)
                .anyMatch(set -> set.rules().stream().anyMatch(rule -> meter(rule) == LINK_METER)
                        || set.groups().stream()
                                .anyMatch(group -> watches(group).contains(LINK_METER)));
    }

    private static List<Integer> watches(Group group) {
        return group.buckets().stream()
                .map(Bucket::watchGroup)
                .filter(Objects::nonNull)
                .toList();
    }

    private void assertExactlyWhatIsWanted(ModelSwitch model, Object scenario) {
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
        // a group that no rule leads to when its gateway dies cannot be told from those of others
        assertThat(groups).as("groups after %s", scenario).containsAll(model.groupsInUse());
        assertThat(model.meters()).as("meters after %s", scenario).isEqualTo(meters);
        assertThat(model.hasForeignRule()).as("foreign rule after %s", scenario).isTrue();
    }

    private static long meter(Rule rule) {
        return rule.actions().stream()
                .filter(Action.ApplyMeter.class::isInstance)
                .map(action -> (long) ((Action.ApplyMeter) action).meter())
                .findFirst()
                .orElse(0L);
    }

    private ModelSwitch begin() {
        wanted.clear();
        ModelSwitch model = new ModelSwitch(version);
        model.foreign(FOREIGN_METER);
        return model;
    }

    private void change(Life life, RuleSet set) {
        wanted.put(set.owner(), set);
        life.put(set);
    }

    @Test
    void removesTheMeterWhenTheNextGatewayFindsAnUnwrittenEdit() {
        // Given
        ModelSwitch model = begin();
        Life life = new Life(model, Integer.MAX_VALUE);
        change(life, set(1, 7, 100, 1));
        assertThat(model.meters()).contains(7L);
        // When: the edit was recorded, and the gateway died before it wrote anything
        RuleSet unmetered = set(1, 0, 100, 1);
        wanted.put(unmetered.owner(), unmetered);
        new Life(model, Integer.MAX_VALUE);
        // Then
        assertExactlyWhatIsWanted(model, "an edit");
    }

    @ParameterizedTest
    @EnumSource(
            value = OFVersion.class,
            names = {"OF_13", "OF_14"})
    void reachesTheWantedStateAfterACutAtAnyMessage(OFVersion spoken) {
        version = spoken;
        for (int seed = 0; seed < SCENARIOS; seed++) {
            int messages = play(seed, Integer.MAX_VALUE);
            for (int cut = 0; cut < messages; cut++) {
                play(seed, cut);
            }
        }
    }

    /** The suite was finalised: rules move to another table. Wherever the gateway dies, every frame still meets a rule. */
    @ParameterizedTest
    @CsvSource({
        "OF_13, false, false",
        "OF_14, false, false",
        "OF_13, true, false",
        "OF_14, true, false",
        "OF_13, false, true",
        "OF_14, false, true",
        "OF_13, true, true",
        "OF_14, true, true"
    })
    void losesNoFrameWhileRulesMoveToAnotherTable(OFVersion spoken, boolean shared, boolean metered) {
        version = spoken;
        others = shared ? Map.of(new ForeignRule(0, null, Bits.ANY, Bits.ANY, true), Duration.ofDays(1)) : Map.of();
        int messages = move(shared, metered, Integer.MAX_VALUE);
        assertThat(messages).isGreaterThan(6);
        for (int cut = 0; cut < messages; cut++) {
            move(shared, metered, cut);
        }
    }

    /**
     * Returns the number of messages to the end.
     *
     * @param shared whether others have rules that a goto for all frames would bypass
     * @param metered whether one of the networks passes a link's meter after the move; the meter is requested last
     */
    private int move(boolean shared, boolean metered, int cut) {
        // Given
        generation = 0;
        table = Table.CLASSIFY;
        watch = model -> {};
        ModelSwitch model = begin();
        Life before = new Life(model, Integer.MAX_VALUE);
        for (int n = 1; n <= 3; n++) {
            change(before, set(n, metered && n == 3 ? 0 : n, 100 + n, 2));
        }
        List<Long> ports = List.of(10L, 11L, 20L, 21L, 30L, 31L);
        assertThat(ports).allMatch(port -> model.sentBy(port) == 0);
        // When
        generation = 1;
        table = Table.FORWARDING;
        watch = now -> assertThat(ports).as("cut at message %d", cut).allMatch(port -> now.sentBy(port) >= 0);
        Life life = new Life(model, cut);
        for (int n = 1; n <= 3; n++) {
            change(life, set(n, metered && n == 3 ? LINK_METER : n, 100 + n, 2));
        }
        if (metered) {
            change(life, links(1_000));
        }
        Life next = new Life(model, Integer.MAX_VALUE);
        // Then
        assertThat(ports)
                .as("cut at message %d: %s %s", cut, model.ourRules(), model.leads())
                .allMatch(port -> model.sentBy(port) == Table.FORWARDING.number());
        assertThat(model.leads())
                .containsExactlyInAnyOrderElementsOf(shared ? Collections.nCopies(6, "0 100") : List.of("1 0", "0 99"));
        assertExactlyWhatIsWanted(model, "a cut at message %d".formatted(cut));
        assertThat(next.control.counts().changing()).isZero();
        return life.messages;
    }

    /** A flow-service that does not know yet that the suite was finalised writes the rules for the first table again. */
    @ParameterizedTest
    @CsvSource({"OF_13, false", "OF_14, false", "OF_13, true", "OF_14, true"})
    void losesNoFrameWhileRulesMoveBackToTheFirstTable(OFVersion spoken, boolean shared) {
        version = spoken;
        others = shared ? Map.of(new ForeignRule(0, null, Bits.ANY, Bits.ANY, true), Duration.ofDays(1)) : Map.of();
        int messages = comeBack(Integer.MAX_VALUE);
        assertThat(messages).isGreaterThan(6);
        for (int cut = 0; cut < messages; cut++) {
            comeBack(cut);
        }
    }

    /** Returns the number of messages to the end. */
    private int comeBack(int cut) {
        // Given
        generation = 1;
        table = Table.FORWARDING;
        watch = model -> {};
        ModelSwitch model = begin();
        Life before = new Life(model, Integer.MAX_VALUE);
        for (int n = 1; n <= 3; n++) {
            change(before, set(n, n, 100 + n, 2));
        }
        List<Long> ports = List.of(10L, 11L, 20L, 21L, 30L, 31L);
        assertThat(ports).allMatch(port -> model.sentBy(port) == Table.FORWARDING.number());
        // When
        table = Table.CLASSIFY;
        watch = now -> assertThat(ports).as("cut at message %d", cut).allMatch(port -> now.sentBy(port) >= 0);
        Life life = new Life(model, cut);
        for (int n = 1; n <= 3; n++) {
            change(life, set(n, n, 100 + n, 2));
        }
        Life next = new Life(model, Integer.MAX_VALUE);
        // Then
        assertThat(ports)
                .as("cut at message %d: %s %s", cut, model.ourRules(), model.leads())
                .allMatch(port -> model.sentBy(port) == Table.CLASSIFY.number());
        assertExactlyWhatIsWanted(model, "a cut at message %d".formatted(cut));
        assertThat(next.control.counts().changing()).isZero();
        return life.messages;
    }

    /** Returns the number of messages that the first gateway sent. */
    private int play(int seed, int cut) {
        Random random = new Random(seed);
        ModelSwitch model = begin();
        Life life = new Life(model, Integer.MAX_VALUE);
        for (int n = 1; n <= 3; n++) {
            int meter = List.of(0, n, LINK_METER).get(random.nextInt(3));
            change(life, set(n, meter, 100 + n, 1 + random.nextInt(2)));
        }
        if (random.nextBoolean()) {
            change(life, links(1_000));
        }
        Life cutLife = new Life(model, cut);
        for (int step = 0; step < 4; step++) {
            int n = 1 + random.nextInt(3);
            switch (random.nextInt(12)) {
                case 0 -> change(cutLife, set(n, n, 100 + n, 1 + random.nextInt(2)));
                case 1 -> change(cutLife, set(n, 0, 100 + n, 1 + random.nextInt(2)));
                case 2 -> change(cutLife, set(n, n + 10, 200 + n, 1 + random.nextInt(2)));
                case 3 -> change(cutLife, set(n, 0, 100, 0));
                case 4, 5 -> change(cutLife, set(n, LINK_METER, 100 + n, 1 + random.nextInt(2)));
                case 6 -> change(cutLife, links(1_000 + step));
                case 8, 9, 10 -> change(cutLife, grouped(n, random.nextBoolean(), 300 + step));
                case 7 -> {
                    change(cutLife, links(0));
                    if (random.nextBoolean()) {
                        wanted.remove(LINKS);
                        cutLife.forget(LINKS);
                    }
                }
                default -> {
                    wanted.remove(id(n));
                    cutLife.forget(id(n));
                }
            }
        }
        if (areLinksNeeded()) {
            wanted.put(LINKS, links(2_000));
        }
        new Life(model, Integer.MAX_VALUE);
        assertExactlyWhatIsWanted(model, "scenario %d cut at message %d".formatted(seed, cut));
        return cutLife.messages;
    }
}
