package io.vlink.flow.compile;

import static io.vlink.flow.sample.Sample.ID;
import static io.vlink.flow.sample.Sample.dpid;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests the contents of one owner's rule set, including groups. */
class SwitchRulesTest {

    private static final Rule HANDED_OVER = rule(new Action.ToGroup(7));
    private static final Group DETOUR = group(8, watching(null, 4));
    private static final SwitchRules BEFORE = handedTo(group(7, watching(null, 3), watching(8, 4)), DETOUR);

    @Test
    void containEverythingOfARuleSet() {
        // Given
        RuleSet set = new RuleSet(
                dpid('a'),
                ID,
                new Revision(1, 1, 2),
                List.of(new Meter(1, 1_000, 122)),
                List.of(DETOUR),
                List.of(rule(new Action.Output(PortNumber.of(3)))));

        // Then
        assertThat(SwitchRules.of(set).in(dpid('a'), ID, set.revision())).isEqualTo(set);
        assertThat(new SwitchRules(List.of(), List.of(DETOUR), List.of()).isEmpty())
                .isFalse();
        assertThat(SwitchRules.NONE.with(BEFORE).with(SwitchRules.NONE)).isEqualTo(BEFORE);
        assertThat(new SwitchRules(List.of(), List.of(DETOUR), List.of()).with(handedTo(group(7, watching(null, 3)))))
                .isEqualTo(handedTo(DETOUR, group(7, watching(null, 3))));
    }

    @Test
    void differWhenOnlyAGroupDiffers() {
        SwitchRules other = handedTo(group(7, watching(null, 5), watching(8, 4)), DETOUR);

        assertThat(BEFORE.doAs(BEFORE)).isTrue();
        assertThat(BEFORE.doAs(other)).isFalse();
        assertThat(other.doAs(BEFORE)).isFalse();
    }

    @Test
    void leadElsewhereWhenTheGroupDiffers() {
        SwitchRules other = handedTo(group(7, watching(null, 5), watching(8, 4)), DETOUR);
        SwitchRules watched = handedTo(group(7, watching(null, 3), watching(8, 4)), group(8, watching(null, 6)));

        assertThat(BEFORE.leadAs(BEFORE)).isTrue();
        assertThat(BEFORE.leadAs(other)).isFalse();
        assertThat(BEFORE.leadAll(other)).isFalse();
        assertThat(BEFORE.leadAs(watched)).isFalse();
    }

    @Test
    void leadTheSameWayRegardlessOfOtherContents() {
        // Given
        SwitchRules more = handedTo(group(7, watching(null, 3), watching(8, 4)), DETOUR, group(9));
        SwitchRules metered = new SwitchRules(
                List.of(new Meter(1, 1_000, 122)),
                BEFORE.groups(),
                List.of(rule(new Action.ApplyMeter(1), new Action.ToGroup(7))));

        // Then
        assertThat(BEFORE.leadAs(more)).isTrue();
        assertThat(BEFORE.leadAs(metered)).isTrue();
        assertThat(metered.leadAs(BEFORE)).isTrue();
        assertThat(BEFORE.doAs(metered)).isFalse();
    }

    @Test
    void includeTheGroupsAndMetersThatTheRulesOfACircuitUse() {
        assertThat(BEFORE.ofCircuits(number -> number == 1)).isEqualTo(BEFORE);
        assertThat(BEFORE.ofCircuits(number -> number == 2)).isEqualTo(SwitchRules.NONE);
    }

    private static SwitchRules handedTo(Group... groups) {
        return new SwitchRules(List.of(), List.of(groups), List.of(HANDED_OVER));
    }

    private static Group group(int number, Bucket... buckets) {
        return new Group(number, Group.Kind.FAST_FAILOVER, List.of(buckets));
    }

    private static Bucket watching(@Nullable Integer group, int port) {
        PortNumber out = PortNumber.of(port);
        return new Bucket(group == null ? out : null, group, List.of(new Action.Output(out)));
    }

    private static Rule rule(Action... actions) {
        return new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.FORWARD),
                PathCompiler.INGRESS_PRIORITY,
                new Match.AtPort(PortNumber.of(11), null),
                List.of(actions),
                null);
    }
}
