package io.vlink.audit.comparison;

import static io.vlink.audit.comparison.TwoSwitches.A;
import static io.vlink.audit.comparison.TwoSwitches.AT_A;
import static io.vlink.audit.comparison.TwoSwitches.AT_B;
import static io.vlink.audit.comparison.TwoSwitches.NOW;
import static io.vlink.audit.comparison.TwoSwitches.REVISION;
import static io.vlink.audit.comparison.TwoSwitches.TWO;
import static io.vlink.audit.comparison.TwoSwitches.free;
import static io.vlink.audit.comparison.TwoSwitches.out;
import static io.vlink.audit.comparison.TwoSwitches.push;
import static io.vlink.audit.comparison.TwoSwitches.rule;
import static io.vlink.audit.comparison.TwoSwitches.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.differences.Difference.DifferenceType;
import io.vlink.audit.tables.HandMade;
import io.vlink.events.Direction;
import io.vlink.events.LinkPort;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Network two beside network one, without bandwidth, and everything that may be wrong with its shares and link meters. */
class BestEffortTest {

    private final TwoSwitches sample = new TwoSwitches();
    private final HandMade a = sample.a;
    private final HandMade b = sample.b;

    @Test
    void findsNothingWhereBestEffortSharesWhatIsLeft() {
        // Given
        sample.bestEffort();
        // Then
        assertThat(sample.compare()).isEmpty();
    }

    @Test
    void keepsTheShareOfAPortUntilItsLastCircuitLeavesQuarantine() {
        // Given
        sample.share(AT_A, A, 2, 980_000_000);
        a.meter(65_538, "kbps burst type=drop rate=980000 burst_size=19600");
        sample.assertFound(DifferenceType.LEFT_OVER, AT_A, "A share (vlink.link-shares) exists for a port");
        // When
        sample.resting.put("default/2", new QuarantinedCircuit("default", free(), NOW.plusMillis(1)));
        // Then
        assertThat(sample.compare()).isEmpty();
    }

    @Test
    void findsALinkMeterThatIsMissingOrDifferent() {
        // Given
        sample.bestEffort();
        // When
        a.withoutMeter(65_538).meter(65_538, "kbps burst type=drop rate=1 burst_size=19600");
        b.withoutMeter(65_537);
        // Then
        sample.assertFound(DifferenceType.METER_DIFFERS, AT_A, "Meter 65538", "rate=1", "node-a");
        sample.assertFound(DifferenceType.METER_MISSING, AT_B, "Meter 65537", "node-b");
    }

    @Test
    void findsBestEffortThatBypassesItsLinkMeter() {
        // Given
        sample.bestEffort();
        // When: neither the rule set nor the switch has it
        sample.want(
                TWO,
                A,
                List.of(),
                rule(2, Direction.FORWARD, 100, 21, null, push(200), out(2)),
                rule(2, Direction.REVERSE, 200, 2, vlan(250), new Action.PopLabel(), out(21)));
        // Then
        sample.assertFound(DifferenceType.NOT_AS_DECIDED, TWO, "lacks", "meter:65538");
        sample.assertFound(DifferenceType.RULE_DIFFERS, TWO, "meter:65538");
    }

    @Test
    void acceptsBestEffortWithoutAMeterThatTheSwitchRejected() {
        // Given
        sample.bestEffort();
        sample.confirm(AT_A, A, REVISION, false, "OUT_OF_METERS");
        a.without("meter:65538")
                .withoutMeter(65_538)
                .rule(
                        "cookie=0x564c100000002000 priority=100 in_port=21 actions=push_vlan:0x8100,set_field:4296->vlan_vid,output:2");
        // When
        sample.want(
                TWO,
                A,
                List.of(),
                rule(2, Direction.FORWARD, 100, 21, null, push(200), out(2)),
                rule(2, Direction.REVERSE, 200, 2, vlan(250), new Action.PopLabel(), out(21)));
        // Then
        assertThat(sample.compare())
                .extracting(Difference::kind)
                .containsExactlyInAnyOrder(DifferenceType.NOT_CONFIRMED, DifferenceType.METER_MISSING);
    }

    /** Where the switch was not asked, best effort still uses the meter. */
    @ParameterizedTest
    @EnumSource
    void expectsBestEffortWithoutAMeterOnlyWhereTheSwitchRejectedIt(RuleStateReason reason) {
        // Given
        sample.bestEffort();
        // When
        RuleState failed = RuleState.failed(AT_A, A, 1, REVISION, reason, "Not so.", null);
        sample.states.put(failed.key(), failed);
        // Then
        assertThat(sample.compare().stream().anyMatch(difference -> difference.kind() == DifferenceType.NOT_AS_DECIDED))
                .isEqualTo(reason.isOfSwitch() && reason != RuleStateReason.LEFTOVERS_STAY);
    }

    /** The switch rejected the meter before it was refused itself or another overlay took the meter; flow-service remembers that. */
    @ParameterizedTest
    @EnumSource(
            value = RuleStateReason.class,
            names = {"SWITCH_REFUSED", "METER_TAKEN"})
    void acceptsBestEffortWithoutAMeterWhileTheSwitchIsNotAsked(RuleStateReason reason) {
        // Given
        sample.bestEffort();
        // When
        RuleState failed = RuleState.failed(AT_A, A, 1, REVISION, reason, "Not so.", null);
        sample.states.put(failed.key(), failed);
        sample.want(
                TWO,
                A,
                List.of(),
                rule(2, Direction.FORWARD, 100, 21, null, push(200), out(2)),
                rule(2, Direction.REVERSE, 200, 2, vlan(250), new Action.PopLabel(), out(21)));
        // Then
        assertThat(sample.compare()).noneMatch(difference -> difference.kind() == DifferenceType.NOT_AS_DECIDED);
        // When
        sample.want(TWO, A, List.of());
        // Then
        sample.assertFound(DifferenceType.NOT_AS_DECIDED, TWO, "lacks", "meter:65538");
    }

    @Test
    void findsAShareWithAWrongMeterAndAMeterOfNoLink() {
        // Given
        sample.bestEffort();
        // When
        sample.want(AT_A, A, List.of(new Meter(65_538, 5, 122)));
        sample.rules.remove("000000000000000b/default/1");
        // Then
        sample.assertFound(
                DifferenceType.NOT_AS_DECIDED, AT_A, "contains meter=65538", "rate=5 ", "rate=980000", "port p2 (2)");
        sample.assertFound(DifferenceType.NOT_AS_DECIDED, AT_B, "contains no meter");
        sample.assertFound(
                DifferenceType.NOT_AS_DECIDED, TWO, "uses meter 65537, which is not wanted for any link, in node-b");
        sample.assertFound(DifferenceType.METER_EXTRA, null, "Meter 65537");
    }

    @Test
    void findsSharesThatAreWrongMissingOrLeftOver() {
        // Given
        sample.bestEffort();
        // When
        sample.share(AT_A, A, 2, 1_000_000_000);
        sample.shares.remove("default/000000000000000b/1");
        sample.share(LinkPort.of("default/21"), A, 21, 980_000_000);
        // Then
        sample.assertFound(DifferenceType.NOT_AS_DECIDED, AT_A, "Best effort gets 1 Gbit/s instead of 980 Mbit/s");
        sample.assertFound(DifferenceType.NOT_AS_DECIDED, TWO, "port p1 (1) of node-b", "has no share there");
        sample.assertFound(DifferenceType.LEFT_OVER, AT_B, "vlink.rules");
        sample.assertFound(DifferenceType.LEFT_OVER, LinkPort.of("default/21"), "vlink.link-shares");
    }
}
