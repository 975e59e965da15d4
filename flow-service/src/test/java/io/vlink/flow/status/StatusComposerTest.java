package io.vlink.flow.status;

import static io.vlink.flow.sample.LiveNetwork.EDITED;
import static io.vlink.flow.sample.LiveNetwork.GUIDE;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.status.SaidCondition.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Revision;
import io.vlink.events.reasons.Violation;
import io.vlink.events.rules.RuleState;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.sample.Replay;
import io.vlink.flow.sample.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests when which statuses are written. */
class StatusComposerTest {

    @Test
    void joinsAllViolations() {
        // When
        Replay replay = new Replay()
                .decide(decision(1, 1)
                        .refused(
                                null,
                                new Violation("$.path.links[0]", "LinkUnknown", "There is no link link-ax."),
                                new Violation(
                                        "$.path.capabilities.latencyNanos",
                                        "LatencyExceeded",
                                        "0.9 ms is more than 0.8 ms.")));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.REFUSED);
        says(
                replay,
                Condition.Type.ACCEPTED,
                Truth.FALSE,
                "LinkUnknown",
                "There is no link link-ax. 0.9 ms is more than 0.8 ms.");
        says(
                replay,
                Condition.Type.READY,
                Truth.FALSE,
                "LinkUnknown",
                "There is no link link-ax. 0.9 ms is more than 0.8 ms.");
        assertThat(replay.condition(Condition.Type.ATTACHED).status()).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void doesNotReportAShortWait() {
        // When
        Replay replay = new Replay().decide(decision(1, 3).admitted(GUIDE)).applyAll();
        replay.decide(decision(2, 4).withdrawn().removing(GUIDE)).applyAll();
        replay.decide(decision(2, 5).withdrawn());

        // Then
        assertThat(replay.statuses).extracting(NetworkStatus::phase).containsExactly(Phase.READY, Phase.REMOVED);
        assertThat(replay.status().removedCircuits()).containsExactly(GUIDE.number());

        // When: it is declared again at once
        replay.decide(decision(3, 6).admitted(EDITED)).applyAll();

        // Then
        assertThat(replay.statuses)
                .extracting(NetworkStatus::phase)
                .containsExactly(Phase.READY, Phase.REMOVED, Phase.READY);
    }

    @Test
    void reportsInTheEndThatTheDecisionHasNoCircuitsLeft() {
        // Given
        Replay replay = new Replay().decide(decision(1, 3).admitted(GUIDE)).applyAll();
        replay.decide(decision(2, 4).withdrawn().removing(GUIDE)).applyAll();

        // When
        replay.decide(decision(2, 5).withdrawn());

        // Then
        replay.pass(Duration.ofSeconds(1));
        assertThat(replay.status().removedCircuits()).isEmpty();
    }

    @Test
    void givesEqualStatusesForEqualInputs() {
        // Given
        Replay replay = live();
        replay.decide(decision(2, 4).admitted(EDITED).removing(GUIDE)).applyAll();
        NetworkStatus before = replay.status();

        // When
        replay.restart();

        // Then
        assertThat(replay.status()).isEqualTo(before);
    }

    @Test
    void neverLowersItsEvidenceWithinARevision() {
        // Given
        Replay replay = new Replay().decide(decision(1, 3).admitted(GUIDE));

        // When
        replay.applyAll();
        replay.say('c', Switch.State.DISCONNECTED, "gone");
        replay.say('c', Switch.State.CONNECTED, null);

        // Then
        assertThat(replay.statuses).hasSize(3);
        for (int i = 1; i < replay.statuses.size(); i++) {
            assertThat(replay.statuses.get(i).isOlderThan(replay.statuses.get(i - 1)))
                    .isFalse();
        }
    }

    @Test
    void writesNoStatusWhenNothingIsNew() {
        // Given
        Replay replay = live();

        // When: the gateway reports the same once more, in a new epoch
        replay.report(RuleState.applied(Sample.ID, dpid('c'), 2, new Revision(1, 3, 2)));

        // Then
        assertThat(replay.statuses).isEmpty();

        // When: the next owner overtakes writers with less evidence
        replay.restart();

        // Then
        assertThat(replay.statuses).hasSize(1);
        assertThat(replay.act().statuses).hasSize(1);
    }
}
