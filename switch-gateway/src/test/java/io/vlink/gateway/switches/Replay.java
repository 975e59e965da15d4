package io.vlink.gateway.switches;

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
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replays what happens to one switch, with a switch that carries commands out at once, if it is told to. */
final class Replay {

    static final DatapathId ID = DatapathId.of("a");
    static final String DESCRIPTION = "Nicira, Inc. Open vSwitch 3.1.0";

    final SwitchControl control = new SwitchControl(
            ID,
            5,
            new SwitchSettings(
                    "gw",
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5)));
    final List<SwitchCommand> commands = new ArrayList<>();
    final List<RuleState> states = new ArrayList<>();
    final List<Effects> all = new ArrayList<>();
    /** What the switch has. */
    final Map<Slot, InstalledRule> rules = new LinkedHashMap<>();

    /** Whose it is, as it stands there. */
    final List<SuiteMarker> markers = new ArrayList<>();

    final Map<Long, InstalledMeter> meters = new LinkedHashMap<>();
    /** What others have put into the switch. */
    List<ForeignRule> foreign = List.of();
    /** For how long the switch says that it has had them. */
    static final Duration FOREIGN_AGE = Duration.ofSeconds(5);

    Duration foreignAge = FOREIGN_AGE;
    /** What the switch refuses, by network. */
    final Map<NetworkId, String> refused = new LinkedHashMap<>();

    Instant now = Instant.parse("2026-11-23T00:00:00Z");

    @Nullable Instant next;

    long connection;
    private Effects effects = new Effects();

    static Rule ingress(long circuit, int port, int meter) {
        return new Rule(
                Cookie.of(Cookie.Kind.FORWARDING, circuit, Direction.FORWARD),
                100,
                new Match(PortNumber.of(port), null),
                List.of(
                        new Action.Police(meter),
                        new Action.PushLabel(new Label(Label.Kind.VLAN, 100)),
                        new Action.Output(PortNumber.of(9))));
    }

    static Rule transit(long circuit, int port, int vlan) {
        return new Rule(
                Cookie.of(Cookie.Kind.FORWARDING, circuit, Direction.FORWARD),
                100,
                new Match(PortNumber.of(port), new Label(Label.Kind.VLAN, vlan)),
                List.of(new Action.Output(PortNumber.of(9))));
    }

    static RuleSet set(String network, long step, int meter, Rule... rules) {
        return new RuleSet(
                ID,
                id(network),
                new Revision(1, step, 2),
                meter == 0 ? List.of() : List.of(new Meter(meter, 20_000, 400)),
                List.of(rules));
    }

    static NetworkId id(String network) {
        return new NetworkId("default", "ns", network);
    }

    static ObservedPort port(int number, boolean up) {
        return new ObservedPort(PortNumber.of(number), "p" + number, "02:00:00:00:00:01", up, 10_000_000);
    }

    Replay put(RuleSet set) {
        control.put(set);
        return act();
    }

    Replay on(SwitchEvent event) {
        control.on(event, effects, now);
        return act();
    }

    Replay connect() {
        connection++;
        return on(new SwitchEvent.Connected(
                ID, connection, "127.0.0.1:1", "1.4", DESCRIPTION, List.of(port(1, true), port(2, false))));
    }

    /** Connects, and the switch does what it is told until nothing is left to do. */
    Replay connectAndObey() {
        return connect().obey();
    }

    Replay disconnect() {
        return on(new SwitchEvent.Disconnected(ID, connection, "gone"));
    }

    Replay ovsdb(@Nullable String address) {
        control.ovsdb(address, effects, now);
        return act();
    }

    /** Its record, and that of a port, are deleted by somebody else. */
    Replay forgotten(int port) {
        control.forgotten(effects);
        control.forgottenPort(PortNumber.of(port), effects);
        return act();
    }

    Replay forget(String network) {
        control.forget(id(network));
        return act();
    }

    Replay later(Duration time) {
        now = now.plus(time);
        return act();
    }

    Replay act() {
        next = control.act(effects, now);
        commands.addAll(effects.commands());
        states.addAll(effects.ruleStates());
        all.add(effects);
        effects = new Effects();
        return this;
    }

    /** Takes the next command of a type from those that wait, if there is one. */
    <T extends SwitchCommand> Optional<T> take(Class<T> type) {
        Optional<T> found =
                commands.stream().filter(type::isInstance).map(type::cast).findFirst();
        found.ifPresent(commands::remove);
        return found;
    }

    /** The switch carries out all that it was told, until nothing is left. */
    Replay obey() {
        while (!commands.isEmpty()) {
            switch (commands.removeFirst()) {
                case SwitchCommand.AskMaster ask -> on(new SwitchEvent.MasterGranted(ID, ask.connection()));
                case SwitchCommand.Read read ->
                    on(new SwitchEvent.ContentsRead(ID, read.connection(), read.number(), contents()));
                case SwitchCommand.ReadForeign read -> {
                    Map<ForeignRule, Duration> ages = new HashMap<>();
                    foreign.forEach(rule -> ages.put(rule, foreignAge));
                    on(new SwitchEvent.ForeignRead(ID, read.connection(), ages));
                }
                case SwitchCommand.Write write -> carryOut(write);
                case SwitchCommand.Mark mark -> {
                    if (mark.clears()) {
                        rules.clear();
                        markers.clear();
                    }
                    markers.removeAll(mark.remove());
                    markers.removeIf(marker -> marker.suite().equals(mark.put().suite()));
                    markers.add(mark.put());
                }
                case SwitchCommand.BeSlave slave -> {}
                case SwitchCommand.Refuse refuse -> {}
                case SwitchCommand.WatchBridge watch -> {}
                case SwitchCommand.UnwatchBridge unwatch -> {}
            }
        }
        return this;
    }

    Contents contents() {
        return new Contents(List.copyOf(rules.values()), markers, List.copyOf(meters.values()), now);
    }

    private void carryOut(SwitchCommand.Write write) {
        Map<Integer, Refusal> errors = new LinkedHashMap<>();
        for (int i = 0; i < write.batch().changes().size(); i++) {
            NetworkChange change = write.batch().changes().get(i);
            String error = refused.get(change.network());
            if (error != null) {
                errors.put(i, new Refusal(RuleStateReason.SwitchError, error));
            } else {
                apply(change);
            }
        }
        on(new SwitchEvent.BatchDone(ID, write.connection(), write.batch().number(), errors));
    }

    private void apply(NetworkChange change) {
        for (List<Meter> written : List.of(change.addMeters(), change.changeMeters())) {
            for (Meter meter : written) {
                meters.put((long) meter.number(), new InstalledMeter(meter.number(), RuleText.settings(meter), 0));
            }
        }
        change.putRules().forEach(rule -> rules.put(rule.slot(), rule.installed()));
        change.removeRules().forEach(rules::remove);
        change.removeMeters().forEach(meters::remove);
    }
}
