package io.vlink.audit.comparison;

import static io.vlink.audit.comparison.TwoSwitches.A;
import static io.vlink.audit.comparison.TwoSwitches.ONE;
import static io.vlink.audit.comparison.TwoSwitches.REVISION;
import static io.vlink.audit.comparison.TwoSwitches.out;
import static io.vlink.audit.comparison.TwoSwitches.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.differences.Difference.DifferenceType;
import io.vlink.audit.tables.HandMade;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.RuleSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Groups of network one and of foreign rules, and everything that may be wrong with them. */
class GroupsTest {

    private final TwoSwitches sample = new TwoSwitches();
    private final HandMade a = sample.a;

    @Test
    void findsMissingAndDifferentGroups() {
        // Given: a group that network one wants at a, and a group that a foreign rule uses
        Group face = new Group(
                7,
                Group.Kind.FAST_FAILOVER,
                List.of(new Bucket(PortNumber.of(2), null, List.of(new Action.SwapLabel(vlan(100)), out(2)))));
        RuleSet set = Objects.requireNonNull(sample.rules.get("000000000000000a/" + ONE));
        sample.rules.put(set.key(), new RuleSet(A, ONE, REVISION, set.meters(), List.of(face), set.rules()));
        a.rule("priority=5,in_port=21 actions=group:99").group(99, "output:30");
        // Then
        sample.assertFound(
                DifferenceType.GROUP_MISSING,
                ONE,
                "group_id=7,type=ff,bucket=watch_port:2,actions=set_field:4196->vlan_vid,output:2");
        // When
        a.group(Rules.of(face));
        // Then
        assertThat(sample.compare()).extracting(Difference::kind).containsOnly(DifferenceType.NOT_AS_DECIDED);
        // When
        a.group(7, "output:2");
        // Then
        sample.assertFound(DifferenceType.GROUP_DIFFERS, ONE, "type=all", "type=ff");
    }

    /** A group has no mark. As for the gateway, it is Vlink's if only rules with Vlink's mark lead to it. */
    @Test
    void findsGroupsThatOnlyVlinkRulesLeadTo() {
        // Given
        a.rule("priority=5,in_port=21 actions=group:99")
                .group(99, "group:98")
                .group(98, "output:30")
                .group(97, "output:30")
                .group(96, "group:11");
        // Then
        assertThat(sample.compare()).isEmpty();
        // When
        a.rule("cookie=0x564c100000009000 priority=200 in_port=2,dl_vlan=999 actions=group:8")
                .group(8, "group:9")
                .group(9, "output:2")
                .rule("cookie=0x564c100000009000 priority=200 in_port=2,dl_vlan=998 actions=group:10")
                .rule("priority=5,in_port=30 actions=group:10")
                .group(10, "output:2")
                .rule("cookie=0x564c100000009000 priority=200 in_port=2,dl_vlan=997 actions=group:11")
                .group(11, "output:2");
        // Then
        assertThat(sample.compare().stream()
                        .filter(difference -> difference.kind() == DifferenceType.GROUP_EXTRA)
                        .map(Difference::words))
                .satisfiesExactlyInAnyOrder(
                        words -> assertThat(words).contains("group_id=8,"),
                        words -> assertThat(words).contains("group_id=9,"));
    }
}
