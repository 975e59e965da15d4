package io.vlink.flow.status;

import static io.vlink.flow.sample.LiveNetwork.EDITED;
import static io.vlink.flow.sample.LiveNetwork.GUIDE;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.START;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.guide;
import static io.vlink.flow.status.SaidCondition.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.PortNumber;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.reasons.Violation;
import io.vlink.events.rules.Shadow;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.Phase;
import io.vlink.flow.sample.Replay;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests whether a status says that traffic passes. */
class ReadyTest {

    private static final Impairment LINK_DOWN =
            new Impairment("$.path.links[1]", ImpairmentReason.LINK_DOWN, "The link link-cd is down.");

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROTECTION_LOST")
    void judgesAnImpairmentByItsEffectAndNotByItsName(Impairment.Effect effect) {
        // Given: a reason that only another build of path-service knows
        Replay replay = live();

        // When
        replay.decide(decision(1, 4)
                .admitted(GUIDE)
                .impaired(new Impairment("$.path", "BrokenInANewWay", "It is broken.", effect, null, null)));

        // Then
        assertThat(replay.status().phase()).isEqualTo(effect == Impairment.Effect.CUT ? Phase.DEGRADED : Phase.READY);
        says(
                replay,
                Condition.Type.READY,
                effect == Impairment.Effect.CUT ? Truth.FALSE : Truth.TRUE,
                "BrokenInANewWay",
                "It is broken.");
    }

    /** Lost protection does not affect present traffic. */
    @Test
    void doesNotReportLostProtectionUnderReady() {
        // Given
        Replay replay = live();
        Impairment unprotected = new Impairment(
                "$.protection", "NoBypass", "No bypass is left.", Impairment.Effect.PROTECTION_LOST, null, null);

        // When
        replay.decide(decision(1, 4).admitted(GUIDE).impaired(unprotected));

        // Then
        says(replay, Condition.Type.READY, Truth.TRUE, "Serving", "Traffic passes in both directions.");

        // When it comes before an impairment that slows traffic down
        replay.decide(decision(1, 5)
                .admitted(GUIDE)
                .impaired(
                        unprotected,
                        new Impairment("$.path", ImpairmentReason.LATENCY_EXCEEDED, "0.9 ms is measured.")));

        // Then
        says(replay, Condition.Type.READY, Truth.TRUE, "LatencyExceeded", "0.9 ms is measured.");
    }

    @Test
    void namesTheLinkThatIsDownAndRecovers() {
        // Given
        Replay replay = live();

        // When
        replay.pass(Duration.ofMinutes(1)).decide(decision(1, 4).admitted(GUIDE).impaired(LINK_DOWN));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.DEGRADED);
        says(replay, Condition.Type.READY, Truth.FALSE, "LinkDown", "The link link-cd is down.");
        assertThat(replay.condition(Condition.Type.READY).lastTransitionTime()).isEqualTo(START.plusSeconds(60));
        assertThat(replay.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.TRUE);
        assertThat(replay.written).isEmpty();

        // When
        replay.decide(decision(1, 5).admitted(GUIDE));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void isNotReadyWhileAForeignRuleTakesItsFrames() {
        // Given
        Replay replay = live();

        // When
        replay.shadow('d', new Shadow(PortNumber.of(3), 65_535, true));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.DEGRADED);
        says(
                replay,
                Condition.Type.READY,
                Truth.FALSE,
                "Shadowed",
                "On node-d (000000000000000d) a rule that is not Vlink's, with priority 65535 in table 0, takes frames that enter"
                        + " by port 3: find it with \"ovs-ofctl dump-flows BRIDGE table=0\", and remove it or lower its"
                        + " priority.");
        assertThat(replay.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.TRUE);

        // When
        replay.shadow('d', new Shadow(PortNumber.of(3), 65_535, false));

        // Then
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Truth.UNKNOWN);
        assertThat(replay.condition(Condition.Type.READY).reason()).isEqualTo("PossiblyShadowed");

        // When
        replay.shadow('d', null);

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void staysReadyWhenALinkOnlyGetsSlower() {
        Replay replay = live();

        replay.decide(decision(1, 4)
                .admitted(GUIDE)
                .impaired(new Impairment(
                        "$.path", ImpairmentReason.LATENCY_EXCEEDED, "0.9 ms is measured, 0.8 ms was asked for.")));

        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        says(replay, Condition.Type.READY, Truth.TRUE, "LatencyExceeded", "0.9 ms is measured, 0.8 ms was asked for.");
    }

    @Test
    void staysReadyThroughoutAnEditAndNamesTheServingGeneration() {
        // Given
        Replay replay = live();

        // When
        replay.decide(decision(2, 4).admitted(EDITED).removing(GUIDE));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.PROGRAMMING);
        says(
                replay,
                Condition.Type.READY,
                Truth.TRUE,
                "Replacing",
                "Generation 1 carries the traffic while the switches are being changed.");
        assertThat(replay.condition(Condition.Type.READY).observedGeneration()).isEqualTo(1);
        assertThat(replay.condition(Condition.Type.ACCEPTED).observedGeneration())
                .isEqualTo(2);

        // When
        replay.applyAll();

        // Then
        says(
                replay,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "Replacing",
                "The new path is prepared; traffic takes the old one until the settling time is over.");
        assertThat(replay.condition(Condition.Type.READY).observedGeneration()).isEqualTo(1);

        // When
        replay.pass(Replay.SETTLING);
        assertThat(replay.condition(Condition.Type.READY).observedGeneration()).isEqualTo(1);
        replay.applyAll();

        // Then: switched over and applied
        assertThat(replay.condition(Condition.Type.READY).observedGeneration()).isEqualTo(2);
        assertThat(replay.status().phase()).isEqualTo(Phase.PROGRAMMING);

        // When
        replay.settle();

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.statuses)
                .extracting(status -> status.condition(Condition.Type.READY)
                        .map(Condition::status)
                        .orElse(Truth.UNKNOWN))
                .containsOnly(Truth.TRUE);
        assertThat(replay.condition(Condition.Type.READY).lastTransitionTime()).isEqualTo(START);
    }

    @Test
    void staysReadyWhileOnlyTheRateChanges() {
        // Given
        Replay replay = live();

        // When
        replay.decide(decision(2, 4).admitted(circuit(1, 2, "acde", "edba", 5_000_000L)));

        // Then
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
        assertThat(replay.condition(Condition.Type.READY).observedGeneration()).isEqualTo(1);
        assertThat(replay.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.FALSE);
        replay.restart();
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
        replay.applyAll();
        assertThat(replay.condition(Condition.Type.READY).observedGeneration()).isEqualTo(2);
    }

    @Test
    void reportsThatThePreviousGenerationServesWhenAnEditIsRefused() {
        // Given
        Replay replay = live();

        // When
        replay.decide(decision(2, 4)
                .refused(
                        GUIDE,
                        new Violation(
                                "$.path.links[0]", "BandwidthExceeded", "link-ab has 5 Mbit/s free, 20 are wanted.")));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        says(
                replay,
                Condition.Type.ACCEPTED,
                Truth.FALSE,
                "BandwidthExceeded",
                "link-ab has 5 Mbit/s free, 20 are wanted.");
        assertThat(replay.condition(Condition.Type.ACCEPTED).observedGeneration())
                .isEqualTo(2);
        says(
                replay,
                Condition.Type.READY,
                Truth.TRUE,
                "ServingEarlierGeneration",
                "Generation 2 was refused; generation 1 still carries the traffic.");
        assertThat(replay.condition(Condition.Type.READY).observedGeneration()).isEqualTo(1);
    }

    @Test
    void isReadyOnAnOldWireAsLongAsItWorks() {
        // Given
        Impairment changed =
                new Impairment("$.path.links[1]", ImpairmentReason.TOPOLOGY_CHANGED, "The link link-cd was deleted.");
        Impairment dead =
                new Impairment("$.path.links[1]", ImpairmentReason.WIRE_DOWN, "The port to-c of node-d is down.");
        Replay replay = new Replay().decide(decision(1, 1).admitted(guide())).settle();

        // When
        replay.decide(decision(1, 2).admitted(guide()).impaired(changed)).applyAll();

        // Then
        says(replay, Condition.Type.READY, Truth.TRUE, "TopologyChanged", "The link link-cd was deleted.");

        // When
        replay.decide(decision(1, 3).admitted(guide()).impaired(changed, dead)).applyAll();

        // Then
        says(replay, Condition.Type.READY, Truth.FALSE, "WireDown", "The port to-c of node-d is down.");
        assertThat(replay.status().phase()).isEqualTo(Phase.DEGRADED);
    }
}
