package io.vlink.gateway.switches.wanted;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.in;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.WantedRule;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrecedenceTest {

    private static final Rule FIRSTS = ingress(1, 1, 7);
    private static final Rule SECONDS = ingress(2, 1, 8);
    /** A rule in a place that only its owner wants. */
    private static final Rule FIRSTS_OWN = ingress(1, 5, 7);

    private static final WantedRules.Held FIRST = held(set("first", 1, 7, FIRSTS, FIRSTS_OWN));
    private static final WantedRules.Held SECOND = held(set("second", 1, 8, SECONDS));

    private static WantedRules.Held held(RuleSet set) {
        WantedRules wanted = new WantedRules(ID);
        wanted.put(set);
        return Objects.requireNonNull(wanted.of(set.owner()));
    }

    private static Precedence where(Rule... standing) {
        List<InstalledRule> installed =
                Stream.of(standing).map(rule -> WantedRule.of(rule).installed()).toList();
        return new Precedence(installed);
    }

    @Test
    void findsInstalledRulesInAnyTable() {
        assertThat(where().stands(FIRST)).isFalse();
        assertThat(where(SECONDS).stands(FIRST)).isFalse();
        assertThat(where(FIRSTS).stands(FIRST)).isTrue();
        assertThat(where(in(Table.FORWARDING, FIRSTS)).stands(FIRST)).isTrue();
        assertThat(where(ingress(1, 1, 9)).stands(FIRST)).as("not as wanted").isFalse();
    }

    @Test
    void keepsAPlaceForTheOwnerOfTheInstalledRule() {
        assertThat(where(FIRSTS).keeps(FIRST, SECOND)).isTrue();
        assertThat(where(ingress(1, 1, 9)).keeps(FIRST, SECOND))
                .as("also an earlier one of its own")
                .isTrue();
        assertThat(where(in(Table.FORWARDING, FIRSTS)).keeps(FIRST, SECOND))
                .as("also in another table")
                .isTrue();
        assertThat(where(SECONDS).keeps(FIRST, SECOND)).isFalse();
        assertThat(where(SECONDS, FIRSTS_OWN).keeps(FIRST, SECOND))
                .as("rules in other places count less")
                .isFalse();
    }

    @Test
    void keepsAnEmptyPlaceForTheOwnerWithRulesElsewhere() {
        assertThat(where(FIRSTS_OWN).keeps(FIRST, SECOND)).isTrue();
        assertThat(where().keeps(FIRST, SECOND)).isFalse();
    }
}
