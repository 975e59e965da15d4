package io.vlink.gateway.switches.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.gateway.openflow.mapping.RecordedContents;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedRule;
import io.vlink.gateway.switches.possession.SuiteMarks;
import io.vlink.gateway.switches.possession.SuiteView;
import io.vlink.log.schema.UnreadableEvent;
import io.vlink.upgrade.RecordedSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A later build takes over the switches of an earlier one without asking an operator, and changes no rule of a Ready
 * network.
 */
class RecordedSwitchesTest {

    private static final RecordedSuite RECORDED = RecordedSuite.of(RecordedSuite.OLDEST);
    private static final SwitchSettings SETTINGS = new SwitchSettings(
            "gw", Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5));

    private final List<SwitchCommand> commands = new ArrayList<>();
    private final List<SwitchEffects> all = new ArrayList<>();
    private Instant now = RECORDED.at().plusSeconds(1);

    static Set<DatapathId> switches() {
        return RECORDED.switches().keySet();
    }

    @ParameterizedTest
    @MethodSource("switches")
    void takesOverASwitchWithoutChangingRulesOfReadyNetworks(DatapathId id) throws UnreadableEvent {
        // Given
        Set<NetworkId> settled = settled();
        assertThat(settled).hasSizeGreaterThan(900);
        SwitchControl control = new SwitchControl(id, 1_000, SETTINGS);
        int wanted = want(control, id);
        assertThat(wanted).isPositive();

        // When
        connect(control, id);

        // Then
        assertThat(control.isOurs()).isTrue();
        assertThat(all).allSatisfy(effects -> assertThat(effects.doubts())
                .allSatisfy(doubt -> assertThat(doubt.reason()).isNull()));
        List<OwnerChange> changes = commands.stream()
                .filter(SwitchCommand.Write.class::isInstance)
                .flatMap(command -> ((SwitchCommand.Write) command).batch().changes().stream())
                .toList();
        assertThat(changes)
                .filteredOn(change -> change.owner() != null)
                .as("changes under way are completed")
                .isNotEmpty()
                .noneMatch(change -> settled.contains(change.owner()));
        List<RuleSet> kept = RECORDED.state(RuleSet.TOPIC).values().stream()
                .filter(set -> set.datapathId().equals(id) && settled.contains(set.owner()))
                .toList();
        List<RuleKey> keys = kept.stream()
                .flatMap(set -> set.rules().stream())
                .<RuleKey>map(rule -> WantedRule.of(rule).key())
                .toList();
        List<Long> meters = kept.stream()
                .flatMap(set -> set.meters().stream())
                .map(meter -> (long) meter.number())
                .toList();
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.removeRules()).doesNotContainAnyElementsOf(keys);
            assertThat(change.removeMeters()).doesNotContainAnyElementsOf(meters);
        });
        List<RuleState> states =
                all.stream().flatMap(effects -> effects.ruleStates().stream()).toList();
        assertThat(states)
                .filteredOn(state -> settled.contains(state.owner()))
                .isNotEmpty()
                .allMatch(RuleState::applied);
    }

    private static int want(SwitchControl control, DatapathId id) throws UnreadableEvent {
        int wanted = 0;
        for (RuleSet set : RECORDED.state(RuleSet.TOPIC).values()) {
            if (set.datapathId().equals(id)) {
                control.put(set);
                wanted++;
            }
        }
        control.recorded(RECORDED.ends().getOrDefault(Topic.RULES, 0L) - 1);
        control.of(new SuiteView(
                SuiteMarks.of("00000000000000aa", 0, 0), RECORDED.ends().getOrDefault(Topic.RULES, 0L)));
        return wanted;
    }

    /** Connects and answers reads with the recorded contents. Writes are kept back. */
    private void connect(SwitchControl control, DatapathId id) {
        Contents contents =
                RecordedContents.of(Objects.requireNonNull(RECORDED.switches().get(id)), now);
        on(
                control,
                new SwitchEvent.Connected(id, 1, "127.0.0.1:1", "1.4", "Nicira, Inc. Open vSwitch 3.1.0", List.of()));
        for (int next = 0; next < commands.size(); next++) {
            switch (commands.get(next)) {
                case SwitchCommand.AskMaster ask -> on(control, new SwitchEvent.MasterGranted(id, ask.connection()));
                case SwitchCommand.ReadContents read ->
                    on(control, new SwitchEvent.ContentsRead(id, read.connection(), read.number(), contents));
                case SwitchCommand.ReadForeign read ->
                    on(control, new SwitchEvent.ForeignRead(id, read.connection(), Map.of()));
                case SwitchCommand.Write write ->
                    on(
                            control,
                            new SwitchEvent.BatchDone(
                                    id, write.connection(), write.batch().number(), Map.of()));
                default -> {}
            }
        }
    }

    private void on(SwitchControl control, SwitchEvent event) {
        SwitchEffects effects = new SwitchEffects();
        control.on(event, effects, now);
        control.act(effects, now);
        commands.addAll(effects.commands());
        all.add(effects);
        now = now.plusMillis(1);
    }

    /** Returns the Ready networks whose latest rules every switch had confirmed. */
    private static Set<NetworkId> settled() throws UnreadableEvent {
        Set<NetworkId> settled = new HashSet<>();
        for (NetworkStatus status : RECORDED.state(NetworkStatus.TOPIC).values()) {
            if (status.phase() == Phase.READY) {
                settled.add(status.id());
            }
        }
        Map<String, RuleState> states = RECORDED.state(RuleState.TOPIC);
        for (RuleSet set : RECORDED.state(RuleSet.TOPIC).values()) {
            RuleState state = states.get(set.owner() + "/" + set.datapathId());
            if (state == null || !state.applied() || !state.revision().equals(set.revision())) {
                settled.remove(set.owner());
            }
        }
        return settled;
    }
}
