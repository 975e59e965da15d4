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
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(GUIDE));
        assertThat(rehearsal.hasStatus()).isFalse();
        assertThat(rehearsal.statusDueAt()).isEqualTo(START.plus(PATIENCE));

        rehearsal.pass(PATIENCE.minusMillis(1));
        assertThat(rehearsal.hasStatus()).isFalse();

        rehearsal.pass(Duration.ofMillis(1));
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.PROGRAMMING);
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).message())
                .isEqualTo("node-a (000000000000000a), node-c (000000000000000c), node-d (000000000000000d),"
                        + " node-e (000000000000000e), node-b (000000000000000b) have not confirmed yet (waiting"
                        + " since " + START + ").");
        assertThat(rehearsal.statusDueAt()).isNull();
    }

    @Test
    void reportsARemovalAfterOneSecond() {
        Replay rehearsal = removed(live());
        assertThat(rehearsal.statuses).isEmpty();
        assertThat(rehearsal.statusDueAt()).isEqualTo(rehearsal.now().plus(PATIENCE));

        rehearsal.pass(PATIENCE);
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.REMOVING);
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).is(ConditionReason.REMOVING))
                .isTrue();
        assertThat(rehearsal.statusDueAt()).isNull();
    }

    @Test
    void reportsANetworkOnceThatIsRemovedInTime() {
        Replay rehearsal = removed(live()).applyAll();

        assertThat(rehearsal.statuses).singleElement().satisfies(told -> {
            assertThat(told.phase()).isEqualTo(Phase.REMOVED);
            assertThat(told.removedCircuits()).containsExactly(1L);
        });
    }

    @Test
    void reportsThatTheDecisionDroppedRemovedCircuitsOnlyIfItLasts() {
        Replay rehearsal = gone();

        rehearsal.decide(decision(2, 2).withdrawn());
        assertThat(rehearsal.statuses).isEmpty();
        assertThat(rehearsal.statusDueAt()).isEqualTo(rehearsal.now().plus(PATIENCE));

        rehearsal.pass(PATIENCE);
        assertThat(rehearsal.statuses).singleElement().satisfies(told -> {
            assertThat(told.phase()).isEqualTo(Phase.REMOVED);
            assertThat(told.revision()).isEqualTo(new Revision(2, 2, 2));
            assertThat(told.removedCircuits()).isEmpty();
        });
        assertThat(rehearsal.act().statusDueAt()).isNull();
    }

    @Test
    void reportsNothingMoreOfANetworkWhoseDecisionIsDeletedInTime() {
        Replay rehearsal = gone().decide(decision(2, 2).withdrawn()).deleteDecision();

        assertThat(rehearsal.statuses).isEmpty();
        assertThat(rehearsal.hasStatus()).isFalse();
    }

    @Test
    void reportsARemovedCircuitAgainAtOnceWhenALaterDecisionStillNamesIt() {
        Replay rehearsal = gone().decide(decision(3, 2).withdrawn().retiring(GUIDE));

        assertThat(rehearsal.statuses).singleElement().satisfies(told -> assertThat(told.removedCircuits())
                .containsExactly(1L));
    }

    @Test
    void reportsRulesThatReappearInAnAbsentSwitchAtOnce() {
        Replay rehearsal = live();
        RuleSet late = rehearsal.record('d');
        removed(rehearsal).applyAll();
        rehearsal.say('d', Switch.State.DISCONNECTED, null);
        rehearsal.forgetWritten();
        rehearsal.ledger().read(late.datapathId(), late);

        rehearsal.decide(decision(2, 2).withdrawn());

        assertThat(rehearsal.statuses).singleElement().satisfies(told -> assertThat(told.phase())
                .isEqualTo(Phase.REMOVING));
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).is(ConditionReason.SWITCH_DISCONNECTED))
                .isTrue();
    }

    @Test
    void reportsAnAbsentSwitchOfANewNetworkAtOnce() {
        Replay rehearsal = new Replay();
        rehearsal.say('d', Switch.State.DISCONNECTED, null);

        rehearsal.decide(decision(1, 1).admitted(GUIDE));

        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).is(ConditionReason.SWITCH_DISCONNECTED))
                .isTrue();
    }

    @Test
    void reportsAnAbsentGatewayOfARemovedNetworkAtOnce() {
        Replay rehearsal = live();
        rehearsal.gatewayAway('d', new Absence("switch-gateway", rehearsal.now(), "is away"));
        rehearsal.forgetWritten();

        removed(rehearsal);

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.REMOVING);
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).is(ConditionReason.GATEWAY_AWAY))
                .isTrue();
    }

    @Test
    void reportsAtOnceThatAnUnconfirmedSwitchDisconnected() {
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(GUIDE));

        rehearsal.say('d', Switch.State.DISCONNECTED, null);

        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).is(ConditionReason.SWITCH_DISCONNECTED))
                .isTrue();
    }

    @Test
    void reportsARemovalThatWasDecidedDuringARestartAtOnce() {
        Replay rehearsal = removed(live());

        rehearsal.restart();

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.REMOVING);
    }

    private static Replay live() {
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(GUIDE)).settle();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        rehearsal.forgetWritten();
        return rehearsal;
    }

    private static Replay gone() {
        Replay rehearsal = removed(live()).applyAll();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.REMOVED);
        rehearsal.forgetWritten();
        return rehearsal;
    }

    private static Replay removed(Replay rehearsal) {
        return rehearsal.decide(decision(2, 1).withdrawn().retiring(GUIDE));
    }
}
