package io.vlink.gateway.switches;

import io.vlink.events.PortNumber;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Shadow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of others in one switch, and which of ours they stand over. */
final class Foreigners {

    /** Those that can be read come first: what is sure is said before what may be. */
    private static final Comparator<ForeignRule> GRAVEST = Comparator.comparing(ForeignRule::readable)
            .thenComparing(ForeignRule::priority)
            .reversed();

    static final Foreigners NONE = new Foreigners(List.of());

    private final List<ForeignRule> rules;
    private final Map<PortNumber, List<ForeignRule>> ofPort = new HashMap<>();
    private final List<ForeignRule> ofAnyPort = new ArrayList<>();

    Foreigners(List<ForeignRule> rules) {
        this.rules = rules;
        for (ForeignRule rule : rules.stream().sorted(GRAVEST).toList()) {
            if (rule.inPort() == null) {
                ofAnyPort.add(rule);
            } else {
                ofPort.computeIfAbsent(rule.inPort(), port -> new ArrayList<>()).add(rule);
            }
        }
    }

    boolean are(List<ForeignRule> others) {
        return rules.equals(others);
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The gravest of what stands over one of the rules; null: nothing does. */
    @Nullable Shadow over(Collection<WantedRule> ours) {
        if (rules.isEmpty()) {
            return null;
        }
        Shadow possible = null;
        for (WantedRule rule : ours) {
            Match match = rule.slot().match();
            ForeignRule over = over(rule.slot().priority(), match);
            if (over != null && over.readable()) {
                return new Shadow(match.inPort(), over.priority(), true);
            }
            if (over != null && possible == null) {
                possible = new Shadow(match.inPort(), over.priority(), false);
            }
        }
        return possible;
    }

    private @Nullable ForeignRule over(int priority, Match match) {
        ForeignRule found = null;
        for (List<ForeignRule> some : List.of(ofPort.getOrDefault(match.inPort(), List.of()), ofAnyPort)) {
            for (ForeignRule rule : some) {
                if (rule.takesFrom(priority, match)) {
                    if (rule.readable()) {
                        return rule;
                    }
                    found = found == null ? rule : found;
                }
            }
        }
        return found;
    }
}
