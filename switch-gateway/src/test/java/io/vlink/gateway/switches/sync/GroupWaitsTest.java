package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.GroupBucket;
import io.vlink.gateway.switches.entries.GroupType;
import io.vlink.gateway.switches.entries.InstalledGroup;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** While a group waits for another one, or for its number, frames reach only groups of their own network. */
class GroupWaitsTest extends GroupsFixture {

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
}
