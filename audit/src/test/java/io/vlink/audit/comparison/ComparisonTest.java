package io.vlink.audit.comparison;

import static io.vlink.audit.comparison.TwoSwitches.A;
import static io.vlink.audit.comparison.TwoSwitches.B;
import static io.vlink.audit.comparison.TwoSwitches.NOW;
import static io.vlink.audit.comparison.TwoSwitches.ONE;
import static io.vlink.audit.comparison.TwoSwitches.REVISION;
import static io.vlink.audit.comparison.TwoSwitches.TWO;
import static io.vlink.audit.comparison.TwoSwitches.out;
import static io.vlink.audit.comparison.TwoSwitches.push;
import static io.vlink.audit.comparison.TwoSwitches.rule;
import static io.vlink.audit.comparison.TwoSwitches.vlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.differences.Difference.DifferenceType;
import io.vlink.audit.recorded.RecordedState;
import io.vlink.audit.tables.HandMade;
import io.vlink.events.Direction;
import io.vlink.events.Revision;
import io.vlink.events.rules.Meter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Network one and everything that may be wrong with its records and rules. */
class ComparisonTest {

    private final TwoSwitches sample = new TwoSwitches();
    private final HandMade a = sample.a;
    private final HandMade b = sample.b;

    private static final String FROM_THE_FIRST = "cookie=0x564c300000000000 priority=99 actions=goto_table:2";
    private static final String FROM_CONTROL = "cookie=0x564c300000000000 table=1,priority=0 actions=goto_table:2";

    @Test
    void findsNothingWhereAllIsWellInAFinalisedSuite() {
        // Given
        sample.finalised(FROM_THE_FIRST, FROM_CONTROL);
        // Then
        assertThat(sample.compare()).isEmpty();
    }

    @Test
    void findsNothingWhereEachRuleHasItsOwnLeadingRule() {
        // Given
        sample.finalised();
        a.rules(
                "cookie=0x564c300000001000 priority=100 in_port=11 actions=goto_table:2",
                "cookie=0x564c300000001001 priority=200 in_port=2,dl_vlan=150 actions=goto_table:2");
        b.rules(
                "cookie=0x564c300000001001 priority=100 in_port=12 actions=goto_table:2",
                "cookie=0x564c300000001000 priority=200 in_port=1,dl_vlan=100 actions=goto_table:2",
                "priority=0 actions=NORMAL");
        // Then: foreign rules for all other frames do not matter
        assertThat(sample.compare())
                .noneMatch(difference -> difference.kind() == DifferenceType.RULE_MISSING
                        || difference.kind() == DifferenceType.RULE_EXTRA
                        || difference.kind() == DifferenceType.WRONG_PATH);
        // When
        b.without("cookie=0x564c300000001000");
        // Then
        sample.assertFound(
                DifferenceType.RULE_MISSING, ONE, "which leads frames to table=2,priority=200,in_port=1,dl_vlan=100");
    }

    @Test
    void findsRulesBehindTheFirstTableThatNoFrameReaches() {
        // Given
        sample.finalised(FROM_CONTROL);
        // Then
        sample.assertFound(
                DifferenceType.RULE_MISSING,
                ONE,
                "actions=goto_table:2, which leads frames to table=2,priority=100,in_port=11");
        sample.assertFound(DifferenceType.WRONG_PATH, ONE, "are dropped");
    }

    @Test
    void findsALeadingRuleWithoutAWantedRule() {
        // Given
        sample.finalised(FROM_THE_FIRST, FROM_CONTROL);
        a.rule("cookie=0x564c300000009000 priority=200 in_port=2,dl_vlan=9 actions=goto_table:2")
                .rule("cookie=0x564c300000000000 table=1,priority=7 actions=goto_table:2");
        // Then
        sample.assertFound(DifferenceType.RULE_EXTRA, null, "dl_vlan=9");
        sample.assertFound(DifferenceType.RULE_EXTRA, null, "priority=7");
    }

    @Test
    void findsARuleInTheWrongTable() {
        // Given
        sample.finalised(FROM_THE_FIRST, FROM_CONTROL);
        a.without("in_port=11")
                .rule(
                        "cookie=0x564c100000001000 priority=100 in_port=11 actions=meter:7,push_vlan:0x8100,set_field:4196->vlan_vid,output:2");
        // Then
        sample.assertFound(DifferenceType.RULE_MISSING, ONE, "table=2,priority=100,in_port=11");
        sample.assertFound(DifferenceType.RULE_EXTRA, ONE, "in_port=11");
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(sample.compare()).isEmpty();
    }

    @Test
    void ignoresForeignRulesAndTheirMeters() {
        // Given
        a.rule("priority=5,in_port=21 actions=meter:99,output:30").meter(99, "pktps type=drop rate=5 burst_size=5");
        // Then
        assertThat(sample.compare()).isEmpty();
    }

    @Test
    void ignoresTheRuleThatNamesTheSuiteOfASwitch() {
        // Given
        a.rule("cookie=0x564c200000000000 priority=0,metadata=0x1234 actions=drop");
        // Then
        assertThat(sample.compare()).isEmpty();
    }

    @Test
    void findsASwitchOfAnotherSuite() {
        // Given
        a.rule("cookie=0x564c200000000007 priority=0,metadata=0x1234 actions=drop");
        b.rule("cookie=0x564c200000000009 priority=0,metadata=0x1234 actions=drop");
        // Then
        assertThat(sample.compare()).isEmpty();
        // When
        b.rule("cookie=0x564c200000000009 priority=0,metadata=0x5678 actions=drop");
        // Then
        sample.assertFound(DifferenceType.OTHER_SUITE, null, "node-b", "suite 0000000000005678");
    }

    @Test
    void findsAMissingRuleThatContradictsTheStatus() {
        // Given
        b.without("dl_vlan=100");
        // Then
        sample.assertFound(
                DifferenceType.RULE_MISSING,
                ONE,
                "dl_vlan=100",
                "node-b (000000000000000b)",
                "Its status reports Ready.");
        sample.assertFound(DifferenceType.WRONG_PATH, ONE, "are dropped");
    }

    @Test
    void findsARuleOfACircuitThatIsGone() {
        // Given
        a.rule("cookie=0x564c100000009001 priority=200 in_port=2,dl_vlan=999 actions=pop_vlan,output:21");
        // Then
        sample.assertFound(DifferenceType.RULE_EXTRA, null, "of circuit 9, which is gone,", "dl_vlan=999");
    }

    @Test
    void findsARuleThatDoesSomethingElse() {
        // Given
        b.without("dl_vlan=100")
                .rule("cookie=0x564c100000001000 priority=200 in_port=1,dl_vlan=100 actions=pop_vlan,output:22");
        // Then
        sample.assertFound(DifferenceType.RULE_DIFFERS, ONE, "output:22", "output:12");
        sample.assertFound(DifferenceType.LEAK, ONE, "port p22 (22)");
    }

    @Test
    void findsAForeignRuleWithTheRuleKeyOfAWantedRule() {
        // Given
        b.without("dl_vlan=100").rule("priority=200 in_port=1,dl_vlan=100 actions=pop_vlan,output:12");
        // Then
        sample.assertFound(DifferenceType.RULE_DIFFERS, ONE, "cookie=0x0000000000000000");
    }

    @Test
    void findsMissingExtraAndDifferentMeters() {
        // Given
        a.meter(11, "kbps burst type=drop rate=20000 burst_size=400");
        HandMade without = HandMade.of("b", 1, 12, 22)
                .rules(b.tables().rules().stream().map(rule -> rule.text()).toArray(String[]::new))
                .meter(8, "kbps type=drop rate=20000 burst_size=400");
        // Then
        sample.assertFound(DifferenceType.METER_EXTRA, null, "Meter 11");
        assertThat(sample.compare(Map.of(A, a.tables(), B, without.tables())))
                .anyMatch(difference -> difference.kind() == DifferenceType.METER_DIFFERS
                        && difference.words().contains("Meter 8"));
        sample.want(ONE, A, List.of(new Meter(7, 20_000, 400), new Meter(12, 1, 1)));
        sample.assertFound(DifferenceType.METER_MISSING, ONE, "Meter 12");
    }

    @Test
    void findsARuleSetThatDiffersFromTheDecision() {
        // Given: flow-service compiled something else, and the switch does that
        sample.want(ONE, B, List.of(new Meter(8, 20_000, 400)), rule(1, Direction.FORWARD, 200, 1, vlan(100), out(12)));
        // Then
        sample.assertFound(DifferenceType.NOT_AS_DECIDED, ONE, "contains", "actions=output:12");
        sample.assertFound(DifferenceType.NOT_AS_DECIDED, ONE, "lacks", "in_port=12");
    }

    @Test
    void findsARuleSetOfANetworkWithoutADecision() {
        // Given
        sample.want(TWO, A, List.of(), rule(2, Direction.FORWARD, 100, 21, null, push(300), out(2)));
        // Then
        sample.assertFound(DifferenceType.LEFT_OVER, TWO, "vlink.rules");
    }

    @Test
    void findsRecordsOfThingsThatAreGone() {
        // Given
        sample.confirm(TWO, A, REVISION, true, null);
        sample.ready(TWO);
        sample.counters.add("000000000000000a/default/tenant-b/two");
        sample.unreadable.add("vlink.paths default/x/y: no JSON");
        // Then
        sample.assertFound(DifferenceType.LEFT_OVER, TWO, "vlink.rule-states");
        sample.assertFound(DifferenceType.LEFT_OVER, TWO, "vlink.statuses");
        sample.assertFound(DifferenceType.LEFT_OVER, null, "vlink.counters");
        sample.assertFound(DifferenceType.UNREADABLE, null, "no JSON");
    }

    @Test
    void findsRuleSetsThatASwitchHasNotConfirmed() {
        // Given
        sample.confirm(ONE, A, REVISION, false, "Table is full.");
        sample.confirm(ONE, B, new Revision(0, 9, 0), true, null);
        // Then
        sample.assertFound(DifferenceType.NOT_CONFIRMED, ONE, "node-a", "Table is full.", "Its status reports Ready.");
        sample.assertFound(DifferenceType.NOT_CONFIRMED, ONE, "node-b", "an earlier revision");
    }

    @Test
    void findsANetworkWithoutADecision() {
        // Given
        sample.paths.put(ONE.toString(), sample.paths.get(ONE.toString()));
        RecordedState recorded = new RecordedState(
                Map.of(),
                Map.of(),
                Map.of(TWO.toString(), Declared.network(TWO, 3)),
                sample.paths,
                sample.resting,
                sample.shares,
                sample.rules,
                sample.states,
                sample.statuses,
                Map.of(),
                Map.of(),
                sample.counters,
                Set.of(),
                List.of());
        // When
        List<Difference> found = Comparison.of(recorded, Map.of(A, a.tables(), B, b.tables()), Map.of(), NOW);
        // Then
        assertThat(found)
                .extracting(Difference::kind, Difference::owner)
                .containsExactlyInAnyOrder(
                        tuple(DifferenceType.NOT_AS_DECIDED, ONE), tuple(DifferenceType.NOT_AS_DECIDED, TWO));
    }

    @Test
    void namesTheSwitchThatCouldNotBeRead() {
        assertThat(sample.compare(Map.of(A, a.tables()))).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(DifferenceType.NOT_PROVABLE);
            assertThat(difference.words()).contains("node-b", "The switch is away.");
        });
    }
}
