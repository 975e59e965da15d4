package io.vlink.flow.status;

import static io.vlink.flow.sample.Sample.START;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.guide;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.services.Absence;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.ConditionReason;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.sample.Replay;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests which changes are reported at once, and which only if they last. */
class StatusLedgerTest {

    private static final Circuit GUIDE = guide();
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Test
    void reportsANewNetworkAfterOneSecond() {
        // When
        Replay replay = new Replay().decide(decision(1, 1).admitted(GUIDE));

        // Then
        assertThat(replay.hasStatus()).isFalse();
        assertThat(replay.statusDueAt()).isEqualTo(START.plus(PATIENCE));

        // When
        replay.pass(PATIENCE.minusMillis(1));

        // Then
        assertThat(replay.hasStatus()).isFalse();

        // When
        replay.pass(Duration.ofMillis(1));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.PROGRAMMING);
        assertThat(replay.condition(Condition.Type.PROGRAMMED).message())
                .isEqualTo("node-a (000000000000000a), node-c (000000000000000c), node-d (000000000000000d),"
                        + " node-e (000000000000000e), node-b (000000000000000b) have not confirmed yet (waiting"
                        + " since " + START + ").");
        assertThat(replay.statusDueAt()).isNull();
    }

    @Test
    void reportsARemovalAfterOneSecond() {
        Replay replay = removed(live());
        assertThat(replay.statuses).isEmpty();
        assertThat(replay.statusDueAt()).isEqualTo(replay.now().plus(PATIENCE));

        replay.pass(PATIENCE);
        assertThat(replay.status().phase()).isEqualTo(Phase.REMOVING);
        assertThat(replay.condition(Condition.Type.PROGRAMMED).is(ConditionReason.REMOVING))
                .isTrue();
        assertThat(replay.statusDueAt()).isNull();
    }

    @Test
    void reportsANetworkOnceThatIsRemovedInTime() {
        Replay replay = removed(live()).applyAll();

        assertThat(replay.statuses).singleElement().satisfies(told -> {
            assertThat(told.phase()).isEqualTo(Phase.REMOVED);
            assertThat(told.removedCircuits()).containsExactly(1L);
        });
    }

    @Test
    void reportsThatTheDecisionDroppedRemovedCircuitsOnlyIfItLasts() {
        // Given
        Replay replay = deleted();

        // When
        replay.decide(decision(2, 2).withdrawn());

        // Then
        assertThat(replay.statuses).isEmpty();
        assertThat(replay.statusDueAt()).isEqualTo(replay.now().plus(PATIENCE));

        // When
        replay.pass(PATIENCE);

        // Then
        assertThat(replay.statuses).singleElement().satisfies(told -> {
            assertThat(told.phase()).isEqualTo(Phase.REMOVED);
            assertThat(told.revision()).isEqualTo(new Revision(2, 2, 2));
            assertThat(told.removedCircuits()).isEmpty();
        });
        assertThat(replay.act().statusDueAt()).isNull();
    }

    @Test
    void reportsNothingMoreOfANetworkWhoseDecisionIsDeletedInTime() {
        Replay replay = deleted().decide(decision(2, 2).withdrawn()).deleteDecision();

        assertThat(replay.statuses).isEmpty();
        assertThat(replay.hasStatus()).isFalse();
    }

    @Test
    void reportsARemovedCircuitAgainAtOnceWhenALaterDecisionStillNamesIt() {
        Replay replay = deleted().decide(decision(3, 2).withdrawn().removing(GUIDE));

        assertThat(replay.statuses).singleElement().satisfies(told -> assertThat(told.removedCircuits())
                .containsExactly(1L));
    }

    @Test
    void reportsRulesThatReappearInAnAbsentSwitchAtOnce() {
        // Given
        Replay replay = live();
        RuleSet late = replay.record('d');
        removed(replay).applyAll();
        replay.say('d', Switch.State.DISCONNECTED, null);
        replay.dropWritten();
        replay.ledger().read(late.datapathId(), late);

        // When
        replay.decide(decision(2, 2).withdrawn());

        // Then
        assertThat(replay.statuses).singleElement().satisfies(told -> assertThat(told.phase())
                .isEqualTo(Phase.REMOVING));
        assertThat(replay.condition(Condition.Type.PROGRAMMED).is(ConditionReason.SWITCH_DISCONNECTED))
                .isTrue();
    }

    @Test
    void reportsAnAbsentSwitchOfANewNetworkAtOnce() {
        Replay replay = new Replay();
        replay.say('d', Switch.State.DISCONNECTED, null);

        replay.decide(decision(1, 1).admitted(GUIDE));

        assertThat(replay.condition(Condition.Type.PROGRAMMED).is(ConditionReason.SWITCH_DISCONNECTED))
                .isTrue();
    }

    @Test
    void reportsAnAbsentGatewayOfARemovedNetworkAtOnce() {
        Replay replay = live();
        replay.gatewayAway('d', new Absence("switch-gateway", replay.now(), "is away"));
        replay.dropWritten();

        removed(replay);

        assertThat(replay.status().phase()).isEqualTo(Phase.REMOVING);
        assertThat(replay.condition(Condition.Type.PROGRAMMED).is(ConditionReason.GATEWAY_AWAY))
                .isTrue();
    }

    @Test
    void reportsAtOnceThatAnUnconfirmedSwitchDisconnected() {
        Replay replay = new Replay().decide(decision(1, 1).admitted(GUIDE));

        replay.say('d', Switch.State.DISCONNECTED, null);

        assertThat(replay.condition(Condition.Type.PROGRAMMED).is(ConditionReason.SWITCH_DISCONNECTED))
                .isTrue();
    }

    @Test
    void reportsARemovalThatWasDecidedDuringARestartAtOnce() {
        Replay replay = removed(live());

        replay.restart();

        assertThat(replay.status().phase()).isEqualTo(Phase.REMOVING);
    }

    private static Replay live() {
        Replay replay = new Replay().decide(decision(1, 1).admitted(GUIDE)).settle();
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        replay.dropWritten();
        return replay;
    }

    private static Replay deleted() {
        Replay replay = removed(live()).applyAll();
        assertThat(replay.status().phase()).isEqualTo(Phase.REMOVED);
        replay.dropWritten();
        return replay;
    }

    private static Replay removed(Replay replay) {
        return replay.decide(decision(2, 1).withdrawn().removing(GUIDE));
    }
}
