package io.vlink.gateway.switches.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.Revision;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.ObservedPort;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.sync.RuleCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwnedSwitchesTest {

    private static final int PARTITIONS = 2;
    private static final int SHARE = 3;
    private static final SwitchSettings SETTINGS = new SwitchSettings(
            "gw", Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5));

    private final Set<DatapathId> counted = new HashSet<>();
    private final OwnedSwitches switches = new OwnedSwitches(
            new Strangers(PARTITIONS * SHARE, PARTITIONS),
            id -> new SwitchControl(id, 1, SETTINGS),
            new OwnedSwitches.Counts() {
                @Override
                public void show(DatapathId id, RuleCounts counts, Drops dropped) {
                    counted.add(id);
                }

                @Override
                public void drop(DatapathId id) {
                    counted.remove(id);
                }
            });
    private final List<SwitchEffects> all = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-28T00:00:00Z");

    private static DatapathId id(long number) {
        return new DatapathId(number);
    }

    private static Node node(long number) {
        return new Node(
                new ResourceId("default", "n" + number),
                1,
                false,
                Instant.EPOCH,
                new NodeSpec(id(number), null, null, false));
    }

    private static List<ObservedPort> ports(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(port -> Replay.port(port, true))
                .toList();
    }

    private SwitchEffects on(SwitchEvent event) {
        SwitchEffects effects = new SwitchEffects();
        if (switches.takes(event, effects, now)) {
            switches.of(event.datapathId()).on(event, effects, now);
        }
        switches.act(effects, now);
        all.add(effects);
        return effects;
    }

    private SwitchEffects connect(long number, int ports) {
        SwitchEffects effects =
                on(new SwitchEvent.Connected(id(number), number, "10.0.0.1:1", "1.4", "fake", ports(ports)));
        if (effects.commands().stream().anyMatch(SwitchCommand.AskMaster.class::isInstance)) {
            on(new SwitchEvent.MasterGranted(id(number), number));
        }
        return effects;
    }

    private void comeAndGo(long number) {
        connect(number, 1);
        on(new SwitchEvent.Disconnected(id(number), number, "gone"));
    }

    private static boolean isRefused(SwitchEffects effects) {
        return effects.commands().stream().anyMatch(SwitchCommand.Refuse.class::isInstance);
    }

    private Stream<SwitchEffects.Note> notes(String words) {
        return all.stream().flatMap(effects -> effects.notes().stream()).filter(note -> note.text()
                .contains(words));
    }

    @Test
    void refusesStrangersAboveTheLimitAndLogsItOnce() {
        LongStream.rangeClosed(1, SHARE).forEach(number -> connect(number, 1));
        // When
        List<SwitchEffects> others = LongStream.rangeClosed(11, 20)
                .mapToObj(number -> connect(number, 1))
                .toList();
        // Then
        assertThat(others).allMatch(OwnedSwitchesTest::isRefused);
        assertThat(others)
                .allMatch(effects ->
                        effects.switches().isEmpty() && effects.ports().isEmpty());
        assertThat(switches.ids()).hasSize(SHARE);
        assertThat(counted).hasSize(SHARE);
        assertThat(notes("is refused, as are others that no node declares"))
                .singleElement()
                .satisfies(note -> assertThat(note.datapathId()).isEqualTo(id(11)));
    }

    @Test
    void neverRefusesADeclaredSwitch() {
        LongStream.rangeClosed(1, SHARE).forEach(number -> connect(number, 1));
        assertThat(isRefused(connect(4, 1))).isTrue();
        // When
        switches.node(null, node(4));
        // Then
        assertThat(isRefused(connect(4, 1))).isFalse();
        assertThat(switches.ids()).contains(id(4));
    }

    @Test
    void doesNotCountASwitchThatIsDeclaredOrUsed() {
        LongStream.rangeClosed(1, SHARE).forEach(number -> connect(number, 1));
        switches.node(null, node(1));
        switches.of(id(2))
                .put(new RuleSet(
                        id(2),
                        new NetworkId("default", "ns", "net"),
                        new Revision(1, 1, 1),
                        List.of(),
                        List.of(),
                        List.of()));
        switches.act(new SwitchEffects(), now);
        // Then
        assertThat(isRefused(connect(11, 1))).isFalse();
        assertThat(isRefused(connect(12, 1))).isFalse();
        assertThat(isRefused(connect(13, 1))).isTrue();
    }

    @Test
    void dropsTheLongestDisconnectedToMakeRoom() {
        comeAndGo(1);
        now = now.plusSeconds(1);
        comeAndGo(2);
        connect(3, 2);
        assertThat(isRefused(connect(4, 1))).isTrue();
        // When
        now = now.plus(Strangers.REMEMBERED);
        SwitchEffects effects = connect(4, 1);
        // Then
        assertThat(isRefused(effects)).isFalse();
        assertThat(effects.removedSwitches()).singleElement().satisfies(removed -> {
            assertThat(removed.datapathId()).isEqualTo(id(1));
            assertThat(removed.ports()).hasSize(1);
        });
        assertThat(switches.ids()).containsExactlyInAnyOrder(id(2), id(3), id(4));
        assertThat(counted).doesNotContain(id(1));
        assertThat(notes("is forgotten to make room for others")).hasSize(1);
        // When
        comeAndGo(5);
        comeAndGo(6);
        // Then: one more made room, the other is refused
        assertThat(switches.ids()).containsExactlyInAnyOrder(id(3), id(4), id(5));
        assertThat(notes("is forgotten to make room for others")).hasSize(1);
    }

    @Test
    void doesNotGrowByStrangersThatOnlyShakeHands() {
        connect(1, 1);
        for (long number = 100; number < 1_100; number++) {
            now = now.plusMillis(500);
            comeAndGo(number);
        }
        // Then
        assertThat(switches.ids()).hasSize(SHARE).contains(id(1));
        assertThat(counted).isEqualTo(switches.ids());
        Set<DatapathId> left = new HashSet<>();
        all.forEach(effects -> {
            effects.removedSwitches().forEach(removed -> left.remove(removed.datapathId()));
            effects.switches().forEach(state -> left.add(state.id()));
        });
        assertThat(left).isEqualTo(switches.ids());
        assertThat(all.stream().mapToLong(effects -> effects.notes().size()).sum())
                .as("log lines")
                .isLessThan(10);
    }

    @Test
    void dropsStrangersAboveTheLimitAfterLoading() {
        for (long number = 1; number <= 2 * SHARE; number++) {
            switches.of(id(number)).loaded(disconnected(number, now.minusSeconds(1_000 - number)));
            switches.of(id(number)).loaded(port(number));
        }
        // When
        SwitchEffects effects = new SwitchEffects();
        switches.act(effects, now);
        // Then
        assertThat(effects.removedSwitches())
                .extracting(SwitchEffects.RemovedSwitch::datapathId)
                .containsExactly(id(1), id(2), id(3));
        assertThat(switches.ids()).hasSize(SHARE);
    }

    private static Switch disconnected(long number, Instant since) {
        return new Switch(
                id(number),
                1,
                Switch.State.DISCONNECTED,
                "gone",
                "gw",
                null,
                null,
                null,
                false,
                since,
                List.of(),
                null);
    }

    private static Port port(long number) {
        return new Port(new io.vlink.events.SwitchPort(id(number), PortNumber.of(1)), 1, true, "p1", "", true, 0, null);
    }

    @Test
    void limitsThePortsOfStrangers() {
        // When
        SwitchEffects many = connect(1, SHARE * 100 + 1);
        // Then
        assertThat(isRefused(many)).isTrue();
        assertThat(switches.ids()).isEmpty();
        // When: ports are added one by one
        connect(2, SHARE * 100 - 1);
        SwitchEffects last = on(new SwitchEvent.PortSeen(id(2), 2, Replay.port(10_001, true)));
        SwitchEffects further = on(new SwitchEvent.PortSeen(id(2), 2, Replay.port(10_002, true)));
        // Then
        assertThat(isRefused(last)).isFalse();
        assertThat(isRefused(further)).isTrue();
        assertThat(further.ports()).isEmpty();
        // When
        switches.node(null, node(1));
        // Then
        assertThat(isRefused(connect(1, SHARE * 100 + 1))).isFalse();
    }

    @Test
    void treatsASwitchRemovedOnRequestAsNew() {
        comeAndGo(1);
        Instant gone = now;
        // When
        SwitchControl before = switches.of(id(1));
        before.deleted(new SwitchEffects());
        before.portDeleted(PortNumber.of(1), new SwitchEffects());
        switches.act(new SwitchEffects(), now);
        // Then
        assertThat(switches.ids()).isEmpty();
        assertThat(counted).isEmpty();
        // When
        now = now.plusSeconds(7);
        connect(1, 1);
        // Then
        assertThat(switches.of(id(1))).isNotSameAs(before);
        assertThat(all.getLast().switches()).singleElement().satisfies(state -> {
            assertThat(state.state()).isEqualTo(Switch.State.CONNECTED);
            assertThat(state.since()).isEqualTo(gone.plusSeconds(7));
        });
    }

    @Test
    void deletesCountersOnlyOfNetworksThatHaveSome() {
        NetworkId counted = new NetworkId("default", "ns", "counted");
        NetworkId brief = new NetworkId("default", "ns", "brief");
        connect(1, 1);
        for (NetworkId network : List.of(counted, brief)) {
            switches.of(id(1)).put(new RuleSet(id(1), network, new Revision(1, 1, 1), List.of(), List.of(), List.of()));
        }
        switches.strays(List.of(new InSwitch(id(1), counted)));

        // When
        switches.of(id(1)).remove(counted);
        switches.of(id(1)).remove(brief);
        SwitchEffects last = on(new SwitchEvent.Disconnected(id(1), 1, "gone"));

        // Then
        assertThat(last.removed())
                .containsExactlyInAnyOrder(
                        new SwitchEffects.RemovedOwner(id(1), counted, true),
                        new SwitchEffects.RemovedOwner(id(1), brief, false));
    }

    @Test
    void returnsCountersWithoutARuleSetAsStrays() {
        NetworkId wanted = new NetworkId("default", "ns", "wanted");
        NetworkId leaving = new NetworkId("default", "ns", "leaving");
        NetworkId gone = new NetworkId("default", "ns", "gone");
        connect(1, 1);
        for (NetworkId network : List.of(wanted, leaving)) {
            switches.of(id(1)).put(new RuleSet(id(1), network, new Revision(1, 1, 1), List.of(), List.of(), List.of()));
        }
        switches.of(id(1)).remove(leaving);
        switches.of(id(1)).remove(gone);
        switches.act(new SwitchEffects(), now);
        List<InSwitch> counted = Stream.of(id(1), id(2))
                .flatMap(id -> Stream.of(wanted, leaving, gone).map(network -> new InSwitch(id, network)))
                .toList();

        // When
        List<InSwitch> strays = switches.strays(counted);

        // Then: the removal of rules deletes their counters, and the query adds no switch
        assertThat(strays)
                .containsExactly(
                        new InSwitch(id(1), gone),
                        new InSwitch(id(2), wanted),
                        new InSwitch(id(2), leaving),
                        new InSwitch(id(2), gone));
        assertThat(switches.ids()).containsExactly(id(1));

        // When: the switch cannot be written to, and nothing is left to remove
        SwitchEffects last = on(new SwitchEvent.Disconnected(id(1), 1, "gone"));

        // Then
        assertThat(last.removed()).containsExactly(new SwitchEffects.RemovedOwner(id(1), leaving, true));
        assertThat(switches.strays(List.of(new InSwitch(id(1), leaving), new InSwitch(id(1), wanted))))
                .containsExactly(new InSwitch(id(1), leaving));
    }

    @Test
    void ignoresLaterEventsOfARefusedConnection() {
        on(new SwitchEvent.Disconnected(id(1), 1, "gone"));
        on(new SwitchEvent.PortSeen(id(1), 1, Replay.port(1, true)));
        on(new SwitchEvent.Rivalled(id(1), "10.0.0.1:2"));
        // Then
        assertThat(switches.ids()).isEmpty();
    }
}
