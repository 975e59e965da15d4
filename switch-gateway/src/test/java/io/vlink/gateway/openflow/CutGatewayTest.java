package io.vlink.gateway.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.gateway.switches.Effects;
import io.vlink.gateway.switches.SwitchCommand;
import io.vlink.gateway.switches.SwitchControl;
import io.vlink.gateway.switches.SwitchEvent;
import io.vlink.gateway.switches.SwitchSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * A gateway dies between any two of its messages, and another one begins with what is wanted by then: in the end the switch
 * has just that, and what others have there.
 */
class CutGatewayTest {

    private static final DatapathId ID = DatapathId.of("a");
    private static final SwitchSettings SETTINGS = new SwitchSettings(
            "gw", Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
    private static final long FOREIGN_METER = 60_000;
    private static final int SCENARIOS = 60;

    private OFVersion version = OFVersion.OF_14;

    /** What is wanted: the last rule set of each network; null: its key is a tombstone. */
    private final Map<NetworkId, RuleSet> wanted = new LinkedHashMap<>();

    private long steps;
    private long generations;

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
            wanted.values().forEach(control::put);
            model.disconnected();
            events.add(new SwitchEvent.Connected(ID, 1, "127.0.0.1:1", "1.4", "model", List.of()));
            run();
        }

        void put(RuleSet set) {
            control.put(set);
            run();
        }

        void forget(NetworkId network) {
            control.forget(network);
            run();
        }

        boolean isDead() {
            return messages >= lastMessage;
        }

        private void run() {
            boolean busy = true;
            while (busy && !isDead()) {
                Effects effects = new Effects();
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
                case SwitchCommand.Read read ->
                    reader.read(
                            now, contents -> events.add(new SwitchEvent.ContentsRead(ID, 1, read.number(), contents)));
                case SwitchCommand.Write write ->
                    writer.write(
                            write.batch(),
                            errors -> events.add(new SwitchEvent.BatchDone(
                                    ID, 1, write.batch().number(), errors)));
                default -> {}
            }
        }

        /** What was sent reaches the switch, and its answers come back; up to the message at which the gateway dies. */
        private boolean exchange() {
            boolean any = false;
            for (OFMessage sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
                if (isDead()) {
                    return false;
                }
                messages++;
                any = true;
                for (OFMessage answer : model.take(sent)) {
                    channel.writeInbound(answer);
                }
            }
            return any;
        }
    }

    private static NetworkId id(int n) {
        return new NetworkId("default", "ns", "n" + n);
    }

    /** Circuit and meter of one network: an ingress with or without a meter, and an egress. */
    private RuleSet set(int n, int meter, int label, int rules) {
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            List<Action> actions = new ArrayList<>();
            if (meter > 0) {
                actions.add(new Action.Police(meter));
            }
            actions.add(new Action.PushLabel(new Label(Label.Kind.VLAN, label)));
            actions.add(new Action.Output(PortNumber.of(9)));
            all.add(new Rule(
                    Cookie.of(Cookie.Kind.FORWARDING, n, Direction.FORWARD),
                    100,
                    new Match(PortNumber.of(10L * n + i), null),
                    actions));
        }
        return new RuleSet(
                ID,
                id(n),
                new Revision(1, ++steps, 2),
                meter > 0 && rules > 0 ? List.of(new Meter(meter, 20_000L + meter, 400)) : List.of(),
                all);
    }

    private void assertExactlyWhatIsWanted(ModelSwitch model, Object scenario) {
        TreeSet<String> slots = new TreeSet<>();
        TreeSet<Long> meters = new TreeSet<>(List.of(FOREIGN_METER));
        wanted.values().forEach(set -> {
            set.rules().forEach(rule -> slots.add("port " + rule.match().inPort() + " meter " + meter(rule)));
            set.meters().forEach(meter -> meters.add((long) meter.number()));
        });
        assertThat(model.ourRules()).as("rules after %s", scenario).isEqualTo(slots);
        assertThat(model.meters()).as("meters after %s", scenario).isEqualTo(meters);
        assertThat(model.hasForeignRule()).as("foreign rule after %s", scenario).isTrue();
    }

    private static long meter(Rule rule) {
        return rule.actions().stream()
                .filter(Action.Police.class::isInstance)
                .map(action -> (long) ((Action.Police) action).meter())
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
        wanted.put(set.network(), set);
        life.put(set);
    }

    @Test
    void leavesNoMeterOfAnEditThatTheNextGatewayFindsUnwritten() {
        // Given
        ModelSwitch model = begin();
        Life life = new Life(model, Integer.MAX_VALUE);
        change(life, set(1, 7, 100, 1));
        assertThat(model.meters()).contains(7L);
        // When: the edit was recorded, and the gateway died before it wrote anything
        RuleSet unmetered = set(1, 0, 100, 1);
        wanted.put(unmetered.network(), unmetered);
        new Life(model, Integer.MAX_VALUE);
        // Then
        assertExactlyWhatIsWanted(model, "an edit");
    }

    @ParameterizedTest
    @EnumSource(
            value = OFVersion.class,
            names = {"OF_13", "OF_14"})
    void endsWithWhatIsWantedWhereverItIsCut(OFVersion spoken) {
        version = spoken;
        for (int seed = 0; seed < SCENARIOS; seed++) {
            int messages = play(seed, Integer.MAX_VALUE);
            for (int cut = 0; cut < messages; cut++) {
                play(seed, cut);
            }
        }
    }

    /** Returns how many messages the first gateway sent. */
    private int play(int seed, int cut) {
        Random random = new Random(seed);
        ModelSwitch model = begin();
        Life life = new Life(model, Integer.MAX_VALUE);
        for (int n = 1; n <= 3; n++) {
            change(life, set(n, random.nextBoolean() ? n : 0, 100 + n, 1 + random.nextInt(2)));
        }
        Life cutLife = new Life(model, cut);
        for (int step = 0; step < 4; step++) {
            int n = 1 + random.nextInt(3);
            switch (random.nextInt(5)) {
                case 0 -> change(cutLife, set(n, n, 100 + n, 1 + random.nextInt(2)));
                case 1 -> change(cutLife, set(n, 0, 100 + n, 1 + random.nextInt(2)));
                case 2 -> change(cutLife, set(n, n + 10, 200 + n, 1 + random.nextInt(2)));
                case 3 -> change(cutLife, set(n, 0, 100, 0));
                default -> {
                    wanted.remove(id(n));
                    cutLife.forget(id(n));
                }
            }
        }
        new Life(model, Integer.MAX_VALUE);
        assertExactlyWhatIsWanted(model, "scenario %d cut at message %d".formatted(seed, cut));
        return cutLife.messages;
    }
}
