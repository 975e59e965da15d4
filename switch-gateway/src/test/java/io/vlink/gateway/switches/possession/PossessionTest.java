package io.vlink.gateway.switches.possession;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.Meter;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.SuiteMarker;
import io.vlink.gateway.switches.entries.WantedRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contents of a switch decide whether it belongs to this suite. */
class PossessionTest extends PossessionFixture {

    @Test
    void changesNothingInASwitchOfAnotherSuite() {
        // Given
        theySetUpTheSwitch();
        want("ours", 7);

        // When
        replay.connectAndObey().later(Duration.ofMinutes(5)).obey();

        // Then
        assertThat(replay.rules).hasSize(1);
        assertThat(replay.markers).containsExactly(new SuiteMarker(THEIRS, 50));
        assertThat(lastSwitch().state()).isEqualTo(Switch.State.REFUSED);
        assertThat(lastSwitch().reason())
                .contains("1 rules", THEIRS, OURS, "Nothing in it is touched", "./vlink suite adopt " + Replay.ID);
        assertThat(doubts()).singleElement().satisfies(doubt -> assertThat(doubt.reason())
                .isEqualTo(lastSwitch().reason()));
        assertThat(replay.control.isOurs()).isFalse();
        assertThat(replay.all.stream().flatMap(effects -> effects.ruleStates().stream()))
                .isNotEmpty()
                .allSatisfy(state -> assertThat(String.valueOf(state.error())).contains(THEIRS));
    }

    @Test
    void takesOverASwitchOfAnEarlierBuildWithoutAsking() {
        // Given: rules installed by a build two generations ago, and still recorded
        SuiteMarks now = SuiteMarks.of(OURS, 2, 2);
        replay.control.of(new SuiteView(now, 100));
        want("v", 7);
        replay.markers.add(new SuiteMarker(OURS, 60));
        replay.rules.put(installed(1, 3).key(), installed(1, 3));
        InstalledRule standing = replay.rules.get(installed(1, 3).key());

        // When
        replay.connectAndObey();

        // Then: the marker is replaced and keeps the offset; no rule was changed
        assertThat(replay.control.isOurs()).isTrue();
        assertThat(replay.markers).containsExactly(new SuiteMarker(now.own(), 60));
        assertThat(replay.rules.values())
                .filteredOn(rule -> !rule.cookie().isOfGateway())
                .containsExactly(standing);
    }

    @Test
    void leavesASwitchOfALaterBuildAlone() {
        // Given
        SuiteMarks later = SuiteMarks.of(OURS, 1, 1);
        replay.markers.add(new SuiteMarker(later.own(), 60));
        replay.rules.put(stranger().key(), stranger());
        want("v", 7);

        // When
        replay.connectAndObey().later(Duration.ofMinutes(5)).obey();

        // Then: the reason says what to do. So does a build without generations, which takes it for another suite's
        assertThat(replay.rules.values()).containsExactly(stranger());
        assertThat(replay.markers).containsExactly(new SuiteMarker(later.own(), 60));
        assertThat(lastSwitch().reason())
                .contains("by a later build of Vlink", "Upgrade to that build", "./vlink suite");
        assertThat(later.own()).isNotEqualTo(OURS);
    }

    @Test
    void detectsDataOlderThanTheMarkerOfAnEarlierBuild() {
        replay.control.of(new SuiteView(SuiteMarks.of(OURS, 1, 1), 100));
        replay.markers.add(new SuiteMarker(OURS, 101));
        replay.rules.put(stranger().key(), stranger());

        replay.connectAndObey().later(Duration.ofMinutes(5)).obey();

        assertThat(lastSwitch().reason()).contains("up to offset 101", "records up to 100");
    }

    @Test
    void takesOverASwitchFromAGatewayThatHeardOfTheFinalisationFirst() {
        // Given
        SuiteMarks before = SuiteMarks.of(OURS, 0, 1);
        replay.control.of(new SuiteView(before, 100));
        want("v", 7);
        replay.markers.add(new SuiteMarker(SuiteMarks.of(OURS, 1, 1).own(), 60));
        replay.rules.put(installed(1, 3).key(), installed(1, 3));
        InstalledRule standing = replay.rules.get(installed(1, 3).key());

        // When
        replay.connectAndObey();

        // Then
        assertThat(before.own()).as("known to the build before, too").isEqualTo(OURS);
        assertThat(replay.control.isOurs()).isTrue();
        assertThat(replay.rules.values()).containsExactly(standing);
    }

    @Test
    void leavesASwitchAloneAgainAfterAReconnect() {
        // Given
        theySetUpTheSwitch();
        replay.connectAndObey();

        // When
        replay.connectAndObey();

        // Then
        assertThat(replay.rules).hasSize(1);
        assertThat(lastSwitch().state()).isEqualTo(Switch.State.REFUSED);
    }

    @Test
    void takesOverASwitchByAnOperatorsDecision() {
        // Given
        want("ours", 7);
        theySetUpTheSwitch();
        replay.connectAndObey();
        assertThat(replay.rules.values()).containsExactly(stranger());

        // When
        decide(Decision.ADOPT);

        // Then
        assertThat(replay.rules.values()).containsExactly(installed(1, 3));
        assertThat(replay.markers).containsExactly(new SuiteMarker(OURS, 8));
        assertThat(lastSwitch().state()).isEqualTo(Switch.State.CONNECTED);
        assertThat(doubts().getLast().reason()).isNull();
        assertThat(replay.control.isOurs()).isTrue();
    }

    @Test
    void clearsASwitchBeforeItWritesTheRecordedState() {
        // Given
        theySetUpTheSwitch();
        replay.meters.put(5L, new InstalledMeter(5, RuleText.settings(new Meter(5, 20_000, 400)), 0));
        replay.connectAndObey();
        want("ours", 7);

        // When
        decide(Decision.CLEAR);

        // Then
        assertThat(replay.rules.values()).containsExactly(installed(1, 3));
        assertThat(replay.meters).isEmpty();
        assertThat(replay.markers).containsExactly(new SuiteMarker(OURS, 8));
    }

    @Test
    void appliesADecisionOnce() {
        // Given
        theySetUpTheSwitch();
        replay.connectAndObey();
        decide(Decision.ADOPT);

        // When
        theySetUpTheSwitch();
        replay.connectAndObey();

        // Then
        assertThat(replay.rules.values()).containsExactly(stranger());
        assertThat(lastSwitch().state()).isEqualTo(Switch.State.REFUSED);
    }

    @Test
    void changesNothingIfKafkaIsOlderThanTheSwitch() {
        // Given
        replay.markers.add(new SuiteMarker(OURS, 101));
        replay.rules.put(stranger().key(), stranger());

        // When
        replay.connectAndObey().later(Duration.ofMinutes(5)).obey();

        // Then
        assertThat(replay.rules).hasSize(1);
        assertThat(lastSwitch().reason()).contains("up to offset 101", "records up to 100");

        // When
        decide(Decision.ADOPT);

        // Then: the marker no longer has the wrong offset
        assertThat(replay.rules).isEmpty();
        assertThat(replay.markers).containsExactly(new SuiteMarker(OURS, 0));
    }

    @Test
    void takesOverRulesOfAnOlderVlinkForTheSameRecords() {
        // Given: no marker, and one rule more than is recorded
        want("v", 7);
        replay.rules.put(installed(1, 3).key(), installed(1, 3));
        replay.rules.put(stranger().key(), stranger());

        // When
        replay.connectAndObey();

        // Then
        assertThat(replay.rules.values()).containsExactly(installed(1, 3));
        assertThat(replay.markers).containsExactly(new SuiteMarker(OURS, 8));
    }

    @Test
    void leavesUnrecordedRulesWithoutAMarkerAlone() {
        // Given
        want("v", 7);
        replay.rules.put(stranger().key(), stranger());

        // When
        replay.connectAndObey();

        // Then
        assertThat(replay.rules.values()).containsExactly(stranger());
        assertThat(lastSwitch().reason()).contains("1 rules of Vlink carry no suite's mark");
    }

    private void decide(Decision decision) {
        SwitchEffects effects = new SwitchEffects();
        assertThat(replay.control.decide(decision, effects, replay.now)).isTrue();
        replay.all.add(effects);
        replay.commands.addAll(effects.commands());
        replay.act().obey();
    }

    private void theySetUpTheSwitch() {
        replay.markers.clear();
        replay.markers.add(new SuiteMarker(THEIRS, 50));
        replay.rules.put(stranger().key(), stranger());
    }

    private static InstalledRule stranger() {
        return installed(99, 8);
    }

    private static InstalledRule installed(long circuit, int port) {
        return WantedRule.of(Replay.transit(circuit, port, 17)).installed();
    }

    private List<SwitchEffects.Doubt> doubts() {
        return replay.all.stream().flatMap(effects -> effects.doubts().stream()).toList();
    }
}
