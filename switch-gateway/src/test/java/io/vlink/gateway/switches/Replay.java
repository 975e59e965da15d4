package io.vlink.gateway.switches;

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
import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.boundary.ObservedPort;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.control.SwitchControl;
import io.vlink.gateway.switches.control.SwitchSettings;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.InstalledGroup;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.SuiteMarker;
import io.vlink.gateway.switches.entries.WantedGroup;
import io.vlink.gateway.switches.entries.WantedRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Replays events of one switch. The simulated switch carries commands out on request. */
public final class Replay {

    public static final DatapathId ID = DatapathId.of("a");
    public static final String DESCRIPTION = "Nicira, Inc. Open vSwitch 3.1.0";

    public final SwitchControl control = new SwitchControl(
            ID,
            5,
            new SwitchSettings(
                    "gw",
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5)));
    public final List<SwitchCommand> commands = new ArrayList<>();
    public final List<RuleState> states = new ArrayList<>();
    public final List<SwitchEffects> all = new ArrayList<>();
    /** The rules in the switch. */
    public final Map<RuleKey, InstalledRule> rules = new LinkedHashMap<>();

    /** The markers in the switch. */
    public final List<SuiteMarker> markers = new ArrayList<>();

    public final Map<Long, InstalledMeter> meters = new LinkedHashMap<>();
    public final Map<Long, InstalledGroup> groups = new LinkedHashMap<>();
    /** The foreign rules in the switch. */
    public List<ForeignRule> foreign = List.of();
    /** The age that the switch reports for them. */
    public static final Duration FOREIGN_AGE = Duration.ofSeconds(5);

    public Duration foreignAge = FOREIGN_AGE;
    /** Errors for all changes, by owner. */
    public final Map<Owner, String> refused = new LinkedHashMap<>();

    /** Errors for changes that put rules, by owner; other changes succeed. */
    public final Map<Owner, String> refusedPuts = new LinkedHashMap<>();

    /** The number of rules deleted together with a link's meter or a group. */
    public int takenAlong;

    /** The error for rules that send frames from table to table; null if they are accepted. */
    public @Nullable String refusesLeads;

    /** Whether it reports foreign rules. */
    public boolean tellsOfOthers = true;

    /** The changes that it accepted or refused, in order. */
    public final List<OwnerChange> changes = new ArrayList<>();

    public Instant now = Instant.parse("2026-11-23T00:00:00Z");

    public @Nullable Instant next;

    public long connection;
    private SwitchEffects effects = new SwitchEffects();

    public static Rule ingress(long circuit, int port, int meter) {
        return new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, circuit, Direction.FORWARD),
                100,
                new Match.AtPort(PortNumber.of(port), null),
                List.of(
                        new Action.ApplyMeter(meter),
                        new Action.PushLabel(new Label(Label.LabelKind.VLAN, 100)),
                        new Action.Output(PortNumber.of(9))),
                Table.CLASSIFY);
    }

    /** Returns the same rule in another table. */
    public static Rule in(Table table, Rule rule) {
        return new Rule(rule.cookie(), rule.priority(), rule.match(), rule.actions(), table);
    }

    public static Rule transit(long circuit, int port, int vlan) {
        return new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, circuit, Direction.FORWARD),
                100,
                new Match.AtPort(PortNumber.of(port), new Label(Label.LabelKind.VLAN, vlan)),
                List.of(new Action.Output(PortNumber.of(9))),
                Table.CLASSIFY);
    }

    /** Returns a rule set with this meter, unless 0, and with those meters of its rules that are not a link's. */
    public static RuleSet set(String network, long step, int meter, Rule... rules) {
        IntStream passed = Stream.of(rules)
                .flatMap(rule -> rule.actions().stream())
                .filter(Action.ApplyMeter.class::isInstance)
                .mapToInt(action -> ((Action.ApplyMeter) action).meter())
                .filter(number -> !LinkMeter.is(number));
        IntStream numbers = IntStream.concat(meter == 0 ? IntStream.empty() : IntStream.of(meter), passed);
        return new RuleSet(
                ID,
                id(network),
                new Revision(1, step, 2),
                numbers.distinct()
                        .mapToObj(number -> new Meter(number, 20_000, 400))
                        .toList(),
                List.of(),
                List.of(rules));
    }

    /** Returns the rule set of the links that begin at a port, with a meter of this rate in kbit/s; 0: none. */
    public static RuleSet links(int port, long step, long rate) {
        int number = LinkMeter.of(PortNumber.of(port)).orElseThrow();
        return new RuleSet(
                ID,
                new LinkPort("default", PortNumber.of(port)),
                new Revision(1, step, 0),
                rate == 0 ? List.of() : List.of(new Meter(number, rate, 2_000)),
                List.of(),
                List.of());
    }

    public static NetworkId id(String network) {
        return new NetworkId("default", "ns", network);
    }

    public static ObservedPort port(int number, boolean up) {
        return new ObservedPort(PortNumber.of(number), "p" + number, "02:00:00:00:00:01", up, 10_000_000);
    }

    public Replay put(RuleSet set) {
        control.put(set);
        return act();
    }

    public Replay on(SwitchEvent event) {
        control.on(event, effects, now);
        return act();
    }

    public Replay connect() {
        connection++;
        return on(new SwitchEvent.Connected(
                ID, connection, "127.0.0.1:1", "1.4", DESCRIPTION, List.of(port(1, true), port(2, false))));
    }

    /** Connects, and carries out all commands. */
    public Replay connectAndObey() {
        return connect().obey();
    }

    public Replay disconnect() {
        return on(new SwitchEvent.Disconnected(ID, connection, "gone"));
    }

    public Replay ovsdb(@Nullable String address) {
        control.ovsdb(address, effects, now);
        return act();
    }

    /** Deletes the records of the switch and of a port, as others may do. */
    public Replay deleted(int port) {
        control.deleted(effects);
        control.portDeleted(PortNumber.of(port), effects);
        return act();
    }

    public Replay remove(String network) {
        return remove(id(network));
    }

    public Replay remove(Owner owner) {
        control.remove(owner);
        return act();
    }

    public Replay later(Duration time) {
        now = now.plus(time);
        return act();
    }

    public Replay act() {
        next = control.act(effects, now);
        commands.addAll(effects.commands());
        states.addAll(effects.ruleStates());
        all.add(effects);
        effects = new SwitchEffects();
        return this;
    }

    /** Takes the next pending command of a type, if there is one. */
    public <T extends SwitchCommand> Optional<T> take(Class<T> type) {
        Optional<T> found =
                commands.stream().filter(type::isInstance).map(type::cast).findFirst();
        found.ifPresent(commands::remove);
        return found;
    }

    /** Carries out commands until none is left. */
    public Replay obey() {
        while (!commands.isEmpty()) {
            switch (commands.removeFirst()) {
                case SwitchCommand.AskMaster ask -> on(new SwitchEvent.MasterGranted(ID, ask.connection()));
                case SwitchCommand.ReadContents read ->
                    on(new SwitchEvent.ContentsRead(ID, read.connection(), read.number(), contents()));
                case SwitchCommand.ReadForeign read -> {
                    if (!tellsOfOthers) {
                        continue;
                    }
                    Map<ForeignRule, Duration> ages = new HashMap<>();
                    foreign.forEach(rule -> ages.put(rule, foreignAge));
                    on(new SwitchEvent.ForeignRead(ID, read.connection(), ages));
                }
                case SwitchCommand.Write write -> carryOut(write);
                case SwitchCommand.PutMarker mark -> {
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

    public Contents contents() {
        return new Contents(
                List.copyOf(rules.values()), markers, List.copyOf(meters.values()), List.copyOf(groups.values()), now);
    }

    private void carryOut(SwitchCommand.Write write) {
        Map<Integer, Refusal> errors = new LinkedHashMap<>();
        for (int i = 0; i < write.batch().changes().size(); i++) {
            OwnerChange change = write.batch().changes().get(i);
            changes.add(change);
            String error = change.owner() == null
                    ? change.putRules().isEmpty() ? null : refusesLeads
                    : refused(change, change.owner());
            if (error != null) {
                errors.put(i, new Refusal(RuleStateReason.SWITCH_ERROR, error));
            } else {
                putMeters(change);
                putGroups(change);
            }
        }
        for (int i = 0; i < write.batch().changes().size(); i++) {
            OwnerChange change = write.batch().changes().get(i);
            if (!errors.containsKey(i) && !putRules(change)) {
                errors.put(i, new Refusal(RuleStateReason.SWITCH_ERROR, "METER_MOD_FAILED INVALID_METER"));
            }
        }
        for (int i = 0; i < write.batch().changes().size(); i++) {
            if (!errors.containsKey(i)) {
                write.batch().changes().get(i).removeGroups().forEach(this::loseGroup);
                write.batch().changes().get(i).removeMeters().forEach(this::loseMeter);
            }
        }
        on(new SwitchEvent.BatchDone(ID, write.connection(), write.batch().number(), errors));
    }

    private @Nullable String refused(OwnerChange change, Owner owner) {
        String all = refused.get(owner);
        return all != null || change.putRules().isEmpty() ? all : refusedPuts.get(owner);
    }

    private void putMeters(OwnerChange change) {
        for (List<Meter> written : List.of(change.addMeters(), change.changeMeters())) {
            for (Meter meter : written) {
                meters.put((long) meter.number(), new InstalledMeter(meter.number(), RuleText.settings(meter), 0));
            }
        }
    }

    private void putGroups(OwnerChange change) {
        for (List<WantedGroup> written : List.of(change.addGroups(), change.changeGroups())) {
            for (WantedGroup group : written) {
                groups.put((long) group.number(), group.installed());
            }
        }
    }

    /** Deletes a group, with the rules that refer to it, as Open vSwitch does. */
    public void loseGroup(long number) {
        groups.remove(number);
        rules.values().removeIf(rule -> {
            boolean leads = FlowAction.group(rule.actions()) == number;
            takenAlong += leads ? 1 : 0;
            return leads;
        });
    }

    /** Puts the rules of a change. Returns false if a link's meter or a group that they use is missing. */
    private boolean putRules(OwnerChange change) {
        for (WantedRule rule : change.putRules()) {
            long passes = FlowAction.linkMeter(rule.actions());
            long group = FlowAction.group(rule.actions());
            if ((passes != 0 && !meters.containsKey(passes)) || (group != 0 && !groups.containsKey(group))) {
                return false;
            }
        }
        change.putRules().forEach(rule -> rules.put(rule.key(), rule.installed()));
        change.removeRules().forEach(rules::remove);
        return true;
    }

    /** Deletes a meter, with the rules that use it if it is a link's, as Open vSwitch does. */
    public void loseMeter(long number) {
        meters.remove(number);
        rules.values().removeIf(rule -> {
            boolean passes = FlowAction.linkMeter(rule.actions()) == number;
            takenAlong += passes ? 1 : 0;
            return passes;
        });
    }
}
