package io.vlink.flow.ledger;

import static io.vlink.flow.sample.Sample.ID;
import static io.vlink.flow.sample.Sample.START;
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
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests how long a switch's confirmation counts. */
class SwitchLedgerTest {

    private final SwitchLedger ledger = new SwitchLedger();

    @Test
    void isNotConfirmedUntilTheSwitchHasTheCurrentGroup() {
        // Given
        ledger.wrote(set(1, 3));
        confirm(1);
        assertThat(ledger.isApplied()).isTrue();

        // When the rule is as before, and hands frames to the same group
        ledger.wrote(set(2, 4));

        // Then
        assertThat(ledger.isApplied()).isFalse();
        confirm(2);
        assertThat(ledger.isApplied()).isTrue();
    }

    @Test
    void staysConfirmedWhileNothingChanges() {
        ledger.wrote(set(1, 3));
        confirm(1);

        ledger.wrote(set(2, 3));

        assertThat(ledger.isApplied()).isTrue();
    }

    private void confirm(long step) {
        ledger.heard(RuleState.applied(ID, dpid('a'), 1, new Revision(1, step, 2)), step, START);
    }

    private static RuleSet set(long step, int out) {
        Group group = new Group(
                7,
                Group.Kind.FAST_FAILOVER,
                List.of(new Bucket(PortNumber.of(out), null, List.of(new Action.Output(PortNumber.of(out))))));
        Rule rule = new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.FORWARD),
                100,
                new Match.AtPort(PortNumber.of(11), null),
                List.of(new Action.ToGroup(7)),
                null);
        return new RuleSet(dpid('a'), ID, new Revision(1, step, 2), List.of(), List.of(group), List.of(rule));
    }
}
