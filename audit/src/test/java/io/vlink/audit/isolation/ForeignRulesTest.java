package io.vlink.audit.isolation;

import static io.vlink.audit.isolation.ThreeSwitches.ONE;
import static io.vlink.audit.isolation.ThreeSwitches.TWO;
import static io.vlink.audit.isolation.ThreeSwitches.assertFound;
import static io.vlink.audit.isolation.ThreeSwitches.egress;
import static io.vlink.audit.isolation.ThreeSwitches.ingress;
import static io.vlink.audit.isolation.ThreeSwitches.swap;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.audit.differences.Difference.DifferenceType;
import io.vlink.audit.tables.HandMade;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables with rules that belong to no network, and what they do to the frames of networks. */
class ForeignRulesTest {

    private final ThreeSwitches sample = new ThreeSwitches();
    private final HandMade a = sample.a;
    private final HandMade b = sample.b;
    private final HandMade c = sample.c;

    @Test
    void findsAForeignRuleInEachTableThatFramesPass() {
        // Given
        sample.allBehindTheFirst();
        b.rule("priority=300,in_port=1,dl_vlan=100 actions=output:31");
        c.rule("table=2,priority=300,in_port=1,dl_vlan=201 actions=pop_vlan,output:31");
        // Then
        assertFound(sample.check(), DifferenceType.LEAK, ONE, "port p31 (31) of 000000000000000b");
        assertFound(sample.check(), DifferenceType.LEAK, TWO, "port p31 (31) of 000000000000000c");
    }

    @Test
    void ignoresForeignRulesForForeignPorts() {
        // Given
        a.rules(
                "priority=10,in_port=31 actions=output:32",
                "priority=10,in_port=32,tcp actions=set_field:1->nw_tos,output:31");
        // Then
        assertThat(sample.check()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority=300,in_port=1,dl_vlan=101 actions=pop_vlan,output:31",
                "priority=65535,in_port=1 actions=output:31",
                "priority=65535 actions=output:31",
                "priority=300,in_port=1,vlan_tci=0x1000/0x1000 actions=output:31",
                "priority=300,in_port=1,vlan_tci=0x1001/0x1001 actions=output:31",
                "priority=200,in_port=1 actions=output:31",
                "priority=300,in_port=1,dl_vlan=101,nw_src=0x0a000001 actions=output:31",
                "priority=300,in_port=1,dl_vlan=101 actions=group:9",
                "priority=300,in_port=1,dl_vlan=101 actions=goto_table:7",
                "priority=300,in_port=1,dl_vlan=101 actions=write_actions(output:31)",
                "priority=300,in_port=1,dl_vlan=101 actions=write_metadata:5,goto_table:8"
            })
    void findsAForeignRuleThatDivertsFrames(String rule) {
        // Given
        c.rule(rule)
                .group(9, "output:12", "pop_vlan,output:31")
                .rule("table=7,priority=5,dl_vlan=101 actions=output:31")
                .rule("table=8,priority=9,metadata=6 actions=output:22")
                .rule("table=8,priority=5,metadata=5 actions=output:31");
        // Then
        assertFound(sample.check(), DifferenceType.LEAK, ONE, "port p31 (31)", "the rule is");
        assertThat(sample.check()).noneMatch(difference -> difference.words().contains("an endpoint of " + TWO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority=300,in_port=1,dl_vlan=100 actions=drop",
                "priority=300,in_port=1,udp actions=drop",
                "priority=65535 actions=drop",
                "priority=200,in_port=1 actions=drop",
                "priority=300,in_port=1 actions=goto_table:3"
            })
    void findsAForeignRuleThatDrops(String rule) {
        // Given
        b.rule(rule);
        // Then
        assertFound(
                sample.check(),
                DifferenceType.WRONG_PATH,
                ONE,
                "are dropped at port p1 (1) of 000000000000000b",
                rule.substring(0, 12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"priority=1,in_port=1,dl_vlan=100", "priority=65535,in_port=2,dl_vlan=100", "priority=1"})
    void ignoresForeignRulesThatNeverMatch(String match) {
        // Given
        b.rule(match + " actions=drop");
        // Then
        assertThat(sample.check()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NORMAL", "CONTROLLER", "output:12,NORMAL"})
    void findsFramesThatAreSentToTheSwitchOrItsController(String actions) {
        // Given
        c.without("dl_vlan=101").rule("priority=200,in_port=1,dl_vlan=101 actions=pop_vlan," + actions);
        // Then
        assertFound(sample.check(), DifferenceType.LEAK, ONE, "may get anywhere");
    }

    @Test
    void findsASwitchThatForwardsByItself() {
        // Given: as a bridge that lost its controller, with fail_mode=standalone
        b.rule("priority=0 actions=NORMAL");
        // Then
        assertThat(sample.check())
                .as("frames with labels that no network holds, and those of foreign ports")
                .anyMatch(difference -> difference.kind() == DifferenceType.LEAK
                        && difference.words().contains("NORMAL"));
    }

    @Test
    void reportsActionsThatItDoesNotUnderstand() {
        // Given
        b.rule("priority=300,in_port=1,dl_vlan=100 actions=action_65535(00002320)");
        // Then
        assertFound(sample.check(), DifferenceType.NOT_PROVABLE, ONE, "action_65535(00002320)");
    }

    @Test
    void findsALeftOverRuleForAFreeLabel() {
        // Given: rules of a removed circuit
        b.rule(swap(1, 700, 701, 2));
        c.rule(egress(1, 701, 12));
        // Then
        assertFound(
                sample.check(),
                DifferenceType.LEAK,
                ONE,
                "Frames with label vlan:700, which no network holds there",
                "port p1 (1) of 000000000000000b");
    }

    @Test
    void findsAFreePortWhoseFramesEnterANetwork() {
        // Given
        a.rule(ingress(31, 100, 2));
        // Then
        assertFound(
                sample.check(),
                DifferenceType.LEAK,
                ONE,
                "Frames that enter at port p31 (31) of node-a (000000000000000a), which belongs to no network");
    }
}
