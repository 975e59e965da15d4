package io.vlink.gateway.switches.sync;

import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.entries.WantedGroup;
import io.vlink.gateway.switches.entries.InstalledGroup;
import io.vlink.gateway.switches.entries.GroupType;
import io.vlink.gateway.switches.entries.GroupBucket;
import io.vlink.gateway.switches.entries.FlowAction;
import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.LinkPort;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Table;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Groups are installed before the rules that use them and removed after those. Groups of links are installed before,
 * and removed after, the groups that watch them.
 */
class GroupsTest {

    /** The group of the links that begin at port 4. */
    private static final int GATE = 65_540;

    private static final Owner LINKS = new LinkPort("default", PortNumber.of(4));

    private final Replay replay = new Replay();

    /** Returns a group that swaps a label and sends by port 4 while the gate is live, else back with another label. */
    private static Group face(int number, int label) {
        return new Group(
                number,
                Group.Kind.FAST_FAILOVER,
                List.of(
                        new Bucket(null, GATE, List.of(swap(label), new Action.Output(PortNumber.of(4)))),
                        new Bucket(PortNumber.of(1), null, List.of(swap(label + 100), new Action.OutputBack()))));
    }

    private static Action swap(int label) {
        return new Action.SwapLabel(new Label(Label.LabelKind.VLAN, label));
    }

    private static Group gate(Bucket... buckets) {
        return new Group(GATE, Group.Kind.FAST_FAILOVER, List.of(buckets));
    }

    private static Bucket follows() {
        return new Bucket(PortNumber.of(4), null, List.of(new Action.Output(PortNumber.of(4))));
    }

    private static RuleSet links(long step, Group... groups) {
        return new RuleSet(ID, LINKS, new Revision(1, step, 0), List.of(), List.of(groups), List.of());
    }

    private static RuleSet network(String name, long step, Group... groups) {
        List<Rule> rules = List.of(groups).stream()
                .map(group -> new Rule(
                        Cookie.of(Cookie.CookieKind.FORWARDING, group.number(), Direction.FORWARD),
                        200,
                        new Match.AtPort(PortNumber.of(1), new Label(Label.LabelKind.VLAN, group.number())),
                        List.<Action>of(new Action.ToGroup(group.number())),
                        Table.CLASSIFY))
                .toList();
        return new RuleSet(ID, id(name), new Revision(1, step, 2), List.of(), List.of(groups), rules);
    }

    private String settings(long group) {
        return Objects.requireNonNull(replay.groups.get(group)).settings();
    }

    @Test
    void writesGatesThenGroupsThenRulesInOneBatch() {
        // Given
        replay.connectAndObey();
        // When: the network is recorded first
        replay.control.put(network("n", 1, face(7, 101)));
        replay.put(links(1, gate(follows())));
        // Then
        SwitchCommand.Write write = replay.take(SwitchCommand.Write.class).orElseThrow();
        assertThat(write.batch().changes()).extracting(OwnerChange::owner).containsExactly(LINKS, id("n"));
        replay.commands.add(write);
        replay.obey();
        assertThat(settings(GATE)).isEqualTo("type=ff,bucket=watch_port:4,actions=output:4");
        assertThat(settings(7))
                .isEqualTo(
                        "type=ff,bucket=watch_group:65540,actions=set_field:4197->vlan_vid,output:4,bucket=watch_port:1,actions=set_field:4297->vlan_vid,IN_PORT");
        assertThat(replay.rules).hasSize(1);
        assertThat(replay.states).hasSize(2).allMatch(RuleState::applied);
    }

    @Test
    void holdsGroupsAndRulesBackUntilTheirGateIsInstalled() {
        // Given
        replay.connectAndObey();
        // When
        replay.put(network("n", 1, face(7, 101))).obey();
        // Then
        assertThat(replay.groups).isEmpty();
        assertThat(replay.rules).isEmpty();
        assertThat(replay.states).isEmpty();
        // When
        replay.later(Duration.ofSeconds(5)).obey();
        // Then
        assertThat(replay.states).singleElement().satisfies(state -> {
            assertThat(state.reason()).isEqualTo("LinkGroupMissing");
            assertThat(state.message()).contains("Group 65540", "port 4 of switch 000000000000000a");
        });
        // When
        replay.put(links(1, gate(follows()))).obey();
        // Then
        assertThat(replay.groups).containsOnlyKeys(7L, (long) GATE);
        assertThat(replay.rules).hasSize(1);
        assertThat(replay.states.getLast().applied()).isTrue();
    }

    /** For example, when a port is locked out. */
    @Test
    void changesOneGateAndNothingElse() {
        // Given
        replay.connectAndObey()
                .put(links(1, gate(follows())))
                .put(network("n", 1, face(7, 101)))
                .obey();
        // When
        replay.put(links(2, gate()));
        // Then
        OwnerChange change = replay.take(SwitchCommand.Write.class)
                .orElseThrow()
                .batch()
                .changes()
                .getFirst();
        assertThat(change.size()).isEqualTo(1);
        assertThat(change.changeGroups()).extracting(WantedGroup::settings).containsExactly("type=ff");
    }

    @Test
    void removesRulesThenGroupsThenTheUnwatchedGate() {
        // Given
        replay.connectAndObey()
                .put(links(1, gate(follows())))
                .put(network("n1", 1, face(7, 101)))
                .put(network("n2", 1, face(8, 102)))
                .obey();
        replay.states.clear();
        // When
        replay.put(links(2)).put(network("n1", 2)).obey();
        // Then
        assertThat(replay.groups).containsOnlyKeys(8L, (long) GATE);
        assertThat(replay.states).extracting(RuleState::owner).containsExactly(id("n1"));
        // When
        replay.put(network("n2", 2)).obey();
        // Then
        assertThat(replay.groups).isEmpty();
        assertThat(replay.rules).isEmpty();
        assertThat(replay.takenAlong).isZero();
        assertThat(replay.states.getLast().owner()).isEqualTo(LINKS);
    }

    @Test
    void repairsAGroupThatOthersRemovedOrChanged() {
        // Given
        replay.connectAndObey()
                .put(links(1, gate(follows())))
                .put(network("n", 1, face(7, 101)))
                .obey();
        // When: one is removed with its rules, and the other is changed
        replay.loseGroup(7);
        replay.groups.put((long) GATE, InstalledGroup.of(GATE, GroupType.ALL, List.of(), 0));
        replay.later(Duration.ofSeconds(3)).obey();
        // Then
        assertThat(settings(GATE)).isEqualTo("type=ff,bucket=watch_port:4,actions=output:4");
        assertThat(replay.groups).containsOnlyKeys(7L, (long) GATE);
        assertThat(replay.rules).hasSize(1);
    }

    @Test
    void keepsUsedGroupsAfterARestartAndRemovesOthers() {
        // Given
        replay.connectAndObey()
                .put(links(1, gate(follows())))
                .put(network("n", 1, face(7, 101)))
                .put(network("gone", 1, face(9, 103)))
                .obey();
        Replay restarted = restarted(replay);
        // When: the gate and the other network's group are no longer wanted
        restarted.put(network("n", 1, face(7, 101))).connectAndObey();
        // Then
        assertThat(restarted.groups).containsOnlyKeys(7L, (long) GATE);
        assertThat(restarted.states).extracting(RuleState::applied).containsExactly(true);
        // When
        restarted.put(network("n", 2)).obey();
        // Then
        assertThat(restarted.groups).isEmpty();
        assertThat(restarted.takenAlong).isZero();
    }

    /** Open vSwitch counts the rules that refer to a group, but no groups. */
    @Test
    void keepsGroupsThatNoRuleOfVlinkRefersTo() {
        // Given: a foreign rule refers to 20
        foreign(20, 1, new GroupBucket(null, 22L, List.of(new FlowAction.GroupAction(21))));
        foreign(21, 0, new GroupBucket(PortNumber.of(4), null, List.of(new FlowAction.OutputPort(PortNumber.of(4)))));
        foreign(22, 0);
        foreign(23, 0);
        // When
        replay.connectAndObey();
        // Then
        assertThat(replay.groups).containsOnlyKeys(20L, 21L, 22L, 23L);
    }

    @Test
    void keepsAGroupThatAForeignGroupRefersTo() {
        // Given
        replay.connectAndObey()
                .put(links(1, gate(follows())))
                .put(network("gone", 1, face(7, 101)))
                .put(network("gone-too", 1, face(8, 102)))
                .obey();
        Replay restarted = restarted(replay);
        // When: their owners are gone
        restarted.groups.put(
                20L,
                InstalledGroup.of(
                        20,
                        GroupType.OTHER,
                        List.of(new GroupBucket(null, null, List.of(new FlowAction.GroupAction(7)))),
                        0));
        restarted.connectAndObey();
        // Then
        assertThat(restarted.rules).isEmpty();
        assertThat(restarted.groups).containsOnlyKeys(7L, 20L, (long) GATE);
        // When
        restarted.later(Duration.ofSeconds(3)).obey();
        restarted.groups.remove(20L);
        restarted.later(Duration.ofSeconds(3)).obey();
        // Then
        assertThat(restarted.groups).isEmpty();
    }

    private void foreign(long number, long references, GroupBucket... buckets) {
        replay.groups.put(number, InstalledGroup.of(number, GroupType.FAST_FAILOVER, List.of(buckets), references));
    }

    @Test
    void sortsGroupsOfOneSetByWhatTheyWatch() {
        // Given: 7 watches 8
        Group watching = new Group(7, Group.Kind.FAST_FAILOVER, List.of(new Bucket(null, 8, List.of(swap(101)))));
        Group watched = new Group(8, Group.Kind.ALL, List.of());
        replay.connectAndObey();
        // When
        replay.put(network("n", 1, watching, watched));
        // Then
        SwitchCommand.Write write = replay.take(SwitchCommand.Write.class).orElseThrow();
        assertThat(write.batch().changes().getFirst().addGroups())
                .extracting(WantedGroup::number)
                .containsExactly(8, 7);
        replay.commands.add(write);
        replay.obey();
        // When
        replay.put(network("n", 2));
        // Then
        assertThat(replay.take(SwitchCommand.Write.class)
                        .orElseThrow()
                        .batch()
                        .changes()
                        .getFirst()
                        .removeGroups())
                .containsExactly(7L, 8L);
    }

    /** For example, when a reserved vlink's group is removed and the next rule uses a link's meter that is missing. */
    @Test
    void keepsAGroupWhileTheRuleThatReplacesItWaits() {
        // Given
        replay.connectAndObey()
                .put(links(1, gate(follows())))
                .put(network("n", 1, face(7, 101)))
                .obey();
        Match match = new Match.AtPort(PortNumber.of(1), new Label(Label.LabelKind.VLAN, 7));
        Rule metered = new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, 7, Direction.FORWARD),
                200,
                match,
                List.of(new Action.ApplyMeter(GATE), new Action.Output(PortNumber.of(4))),
                Table.CLASSIFY);
        // When
        replay.put(new RuleSet(ID, id("n"), new Revision(1, 2, 2), List.of(), List.of(), List.of(metered)))
                .obey();
        // Then
        assertThat(replay.groups).containsKey(7L);
        assertThat(replay.rules).hasSize(1);
        assertThat(replay.takenAlong).isZero();
    }

    /** For example, when a vlink without detours gets some. The port may have another number by then. */
    @ParameterizedTest
    @CsvSource({"4,true", "9,false"})
    void keepsARuleWhoseNewGroupWaitsIfItSendsByTheSamePort(int port, boolean keeps) {
        // Given
        Rule plain = new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, 7, Direction.FORWARD),
                200,
                new Match.AtPort(PortNumber.of(1), new Label(Label.LabelKind.VLAN, 7)),
                List.of(new Action.Output(PortNumber.of(port))),
                Table.CLASSIFY);
        replay.connectAndObey()
                .put(new RuleSet(ID, id("n"), new Revision(1, 1, 2), List.of(), List.of(), List.of(plain)))
                .obey();
        // When
        replay.put(network("n", 2, face(7, 101))).obey();
        // Then
        assertThat(replay.rules).hasSize(keeps ? 1 : 0);
        // When
        replay.put(links(1, gate(follows()))).obey();
        // Then
        assertThat(replay.rules.values()).singleElement().satisfies(rule -> assertThat(rule.groups())
                .containsExactly(7L));
    }

    @Test
    void reassignsAGroupOnlyAfterTheOtherNetworkGaveItUp() {
        // Given
        replay.connectAndObey()
                .put(links(1, gate(follows())))
                .put(network("first", 1, face(7, 101)))
                .obey();
        RuleSet second =
                new RuleSet(ID, id("second"), new Revision(1, 1, 2), List.of(), List.of(face(7, 150)), List.of());
        // When
        replay.put(second).obey();
        // Then
        assertThat(replay.states.getLast().reason()).isEqualTo("GroupTaken");
        // When
        replay.put(network("first", 2)).obey();
        // Then
        assertThat(replay.states.getLast().owner()).isEqualTo(id("second"));
        assertThat(settings(7)).contains("set_field:4246->vlan_vid");
    }

    /** A group has no mark: it belongs to the network whose rules send frames to it. */
    @Test
    void sendsNoFramesToAnotherNetworksGroupWhileItsOwnWaits() {
        // Given: after a restart, or without one
        Replay before = new Replay();
        before.connectAndObey()
                .put(links(1, gate(follows())))
                .put(network("before", 1, face(7, 101)))
                .obey();
        Replay restarted = restarted(before);
        restarted.groups.remove((long) GATE);
        RuleSet next = network("next", 1, face(7, 150));
        RuleSet sameGroup = new RuleSet(
                ID, next.owner(), next.revision(), next.meters(), next.groups(), List.of(inOtherPlace(next)));
        // When: the gate is missing, so the next network waits
        restarted.put(sameGroup).connectAndObey();
        // Then
        assertThat(restarted.rules).isEmpty();
        // When
        restarted.put(links(1, gate(follows()))).obey();
        // Then
        assertThat(Objects.requireNonNull(restarted.groups.get(7L)).settings()).contains("set_field:4246->vlan_vid");
        assertThat(restarted.rules).hasSize(1);
    }

    @Test
    void keepsItsOwnGroupAfterARestartWhileTheNextVersionWaits() {
        // Given: a group that watches a port
        Group plain = new Group(
                7,
                Group.Kind.FAST_FAILOVER,
                List.of(new Bucket(PortNumber.of(4), null, List.of(new Action.Output(PortNumber.of(4))))));
        replay.connectAndObey().put(network("n", 1, plain)).obey();
        Replay restarted = restarted(replay);
        // When
        restarted.put(network("n", 2, face(7, 101))).connectAndObey();
        // Then
        assertThat(restarted.rules).hasSize(1);
        assertThat(restarted.groups).containsOnlyKeys(7L);
        // When
        restarted.put(links(1, gate(follows()))).obey();
        // Then
        assertThat(Objects.requireNonNull(restarted.groups.get(7L)).settings()).contains("watch_group:65540");
        assertThat(restarted.takenAlong).isZero();
    }

    /** The target of an altered group is unknown. */
    @Test
    void sendsNoFramesToAnAlteredGroupWhileTheNextVersionWaits() {
        // Given
        Group plain = new Group(
                7,
                Group.Kind.FAST_FAILOVER,
                List.of(new Bucket(PortNumber.of(4), null, List.of(new Action.Output(PortNumber.of(4))))));
        replay.connectAndObey().put(network("n", 1, plain)).obey();
        replay.put(network("n", 2, face(7, 101))).obey();
        assertThat(replay.rules).hasSize(1);
        // When
        replay.groups.put(
                7L,
                InstalledGroup.of(
                        7,
                        GroupType.ALL,
                        List.of(new GroupBucket(null, null, List.of(new FlowAction.OutputPort(PortNumber.of(30))))),
                        1));
        replay.later(Duration.ofSeconds(3)).obey();
        // Then
        assertThat(replay.rules).isEmpty();
        // When
        replay.put(links(1, gate(follows()))).obey();
        // Then
        assertThat(replay.rules).hasSize(1);
        assertThat(settings(7)).contains("watch_group:65540");
        assertThat(replay.states.getLast().applied()).isTrue();
    }

    private static Rule inOtherPlace(RuleSet set) {
        Rule rule = set.rules().getFirst();
        return new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, 99, Direction.FORWARD),
                rule.priority(),
                new Match.AtPort(PortNumber.of(2), new Label(Label.LabelKind.VLAN, 44)),
                rule.actions(),
                Table.CLASSIFY);
    }

    private static Replay restarted(Replay before) {
        Replay restarted = new Replay();
        restarted.rules.putAll(before.rules);
        restarted.groups.putAll(before.groups);
        return restarted;
    }
}
