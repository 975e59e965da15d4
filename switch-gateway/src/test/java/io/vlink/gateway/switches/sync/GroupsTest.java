package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.PortNumber;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.RuleState;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.GroupBucket;
import io.vlink.gateway.switches.entries.GroupType;
import io.vlink.gateway.switches.entries.InstalledGroup;
import io.vlink.gateway.switches.entries.WantedGroup;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Groups are installed before the rules that use them and removed after those. Groups of links are installed before,
 * and removed after, the groups that watch them.
 */
class GroupsTest extends GroupsFixture {

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
}
