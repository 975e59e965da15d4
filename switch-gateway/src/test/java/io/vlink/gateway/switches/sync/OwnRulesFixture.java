package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.in;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.transit;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.ForeignRule.Bits;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedRule;
import io.vlink.gateway.switches.possession.SuiteMarks;
import io.vlink.gateway.switches.possession.SuiteView;
import java.util.List;
import java.util.Objects;

/** Rules of networks in both tables, and the gateway's own rules that lead to them. */
abstract class OwnRulesFixture {

    static final String SUITE = "00000000000000aa";
    static final Rule INGRESS = in(Table.FORWARDING, ingress(1, 1, 7));
    static final Rule TRANSIT = in(Table.FORWARDING, transit(1, 2, 100));

    static final List<RuleKey> FOR_ALL = Pipeline.WHOLE.stream()
            .<RuleKey>map(rule -> WantedRule.of(rule).key())
            .toList();

    static final ForeignRule NORMAL = new ForeignRule(0, null, Bits.ANY, Bits.ANY, true);

    static Replay finalisedFor(int generation) {
        Replay replay = new Replay();
        replay.control.of(new SuiteView(SuiteMarks.of(SUITE, generation, 1), 0));
        return replay;
    }

    static RuleKey slot(Rule rule) {
        return WantedRule.of(rule).key();
    }

    static RuleKey lead(Rule rule) {
        return new RuleKey.Parsed(Table.CLASSIFY, rule.priority(), rule.match());
    }

    static InstalledRule standing(Replay replay, RuleKey key) {
        return Objects.requireNonNull(replay.rules.get(key), key::toString);
    }

    /** Returns another gateway of the same suite that takes over the switch. */
    static Replay next(Replay before, int generation) {
        Replay next = finalisedFor(generation);
        next.rules.putAll(before.rules);
        next.meters.putAll(before.meters);
        next.markers.addAll(before.markers);
        next.foreign = before.foreign;
        return next;
    }

    static void assertApplied(Replay replay, String network) {
        assertThat(replay.states)
                .filteredOn(state -> state.owner().equals(id(network)))
                .extracting(RuleState::applied)
                .last()
                .isEqualTo(true);
    }
}
