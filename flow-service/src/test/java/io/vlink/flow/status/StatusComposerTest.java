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
        Replay rehearsal = new Replay()
                .decide(decision(1, 1)
                        .refused(
                                null,
                                new Violation("$.path.links[0]", "LinkUnknown", "There is no link link-ax."),
                                new Violation(
                                        "$.path.capabilities.latencyNanos",
                                        "LatencyExceeded",
                                        "0.9 ms is more than 0.8 ms.")));

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.REFUSED);
        says(
                rehearsal,
                Condition.Type.ACCEPTED,
                Truth.FALSE,
                "LinkUnknown",
                "There is no link link-ax. 0.9 ms is more than 0.8 ms.");
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.FALSE,
                "LinkUnknown",
                "There is no link link-ax. 0.9 ms is more than 0.8 ms.");
        assertThat(rehearsal.condition(Condition.Type.ATTACHED).status()).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void doesNotReportAShortWait() {
        // When
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE)).applyAll();
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE)).applyAll();
        rehearsal.decide(decision(2, 5).withdrawn());

        // Then
        assertThat(rehearsal.statuses).extracting(NetworkStatus::phase).containsExactly(Phase.READY, Phase.REMOVED);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(GUIDE.number());

        // When: it is declared again at once
        rehearsal.decide(decision(3, 6).admitted(EDITED)).applyAll();

        // Then
        assertThat(rehearsal.statuses)
                .extracting(NetworkStatus::phase)
                .containsExactly(Phase.READY, Phase.REMOVED, Phase.READY);
    }

    @Test
    void reportsInTheEndThatTheDecisionHasNoCircuitsLeft() {
        // Given
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE)).applyAll();
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE)).applyAll();

        // When
        rehearsal.decide(decision(2, 5).withdrawn());

        // Then
        rehearsal.pass(Duration.ofSeconds(1));
        assertThat(rehearsal.status().removedCircuits()).isEmpty();
    }

    @Test
    void givesEqualStatusesForEqualInputs() {
        // Given
        Replay rehearsal = live();
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE)).applyAll();
        NetworkStatus before = rehearsal.status();

        // When
        rehearsal.restart();

        // Then
        assertThat(rehearsal.status()).isEqualTo(before);
    }

    @Test
    void neverLowersItsEvidenceWithinARevision() {
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE));
        rehearsal.applyAll();
        rehearsal.say('c', Switch.State.DISCONNECTED, "gone");
        rehearsal.say('c', Switch.State.CONNECTED, null);

        assertThat(rehearsal.statuses).hasSize(3);
        for (int i = 1; i < rehearsal.statuses.size(); i++) {
            assertThat(rehearsal.statuses.get(i).isOlderThan(rehearsal.statuses.get(i - 1)))
                    .isFalse();
        }
    }

    @Test
    void writesNoStatusWhenNothingIsNew() {
        // Given
        Replay rehearsal = live();

        // When: the gateway reports the same once more, in a new epoch
        rehearsal.report(RuleState.applied(Sample.ID, dpid('c'), 2, new Revision(1, 3, 2)));

        // Then
        assertThat(rehearsal.statuses).isEmpty();

        // When: the next owner overtakes writers with less evidence
        rehearsal.restart();

        // Then
        assertThat(rehearsal.statuses).hasSize(1);
        assertThat(rehearsal.act().statuses).hasSize(1);
    }
}
