package io.vlink.gateway.switches.installed;

import io.vlink.events.PortNumber;
import io.vlink.events.rules.Shadow;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedRule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The foreign rules in one switch, and the rules of networks that they shadow. */
public final class Foreigners {

    /** Readable rules first: certain conflicts are reported before possible ones. */
    private static final Comparator<Map.Entry<ForeignRule, Instant>> GRAVEST =
            Map.Entry.<ForeignRule, Instant>comparingByKey(Comparator.comparing(ForeignRule::readable)
                            .thenComparing(ForeignRule::priority)
                            .reversed())
                    .thenComparing(Map.Entry.comparingByValue());

    public static final Foreigners NONE = new Foreigners(Map.of());

    /** The largest difference in age, due to clocks and delay, up to which a rule counts as the same. */
    private static final Duration JITTER = Duration.ofSeconds(5);

    private final Map<ForeignRule, Instant> since;
    private final Map<PortNumber, List<ForeignRule>> ofPort = new HashMap<>();
    private final List<ForeignRule> ofAnyPort = new ArrayList<>();
    private final boolean inTheWay;

    /** Creates the foreign rules of a switch, each with the time of its installation. */
    Foreigners(Map<ForeignRule, Instant> since) {
        this.since = Map.copyOf(since);
        this.inTheWay = since.keySet().stream().anyMatch(ForeignRule::isInTheWay);
        for (Map.Entry<ForeignRule, Instant> one :
                since.entrySet().stream().sorted(GRAVEST).toList()) {
            ForeignRule rule = one.getKey();
            if (rule.inPort() == null) {
                ofAnyPort.add(rule);
            } else {
                ofPort.computeIfAbsent(rule.inPort(), port -> new ArrayList<>()).add(rule);
            }
        }
    }

    /** Returns the present rules, with ages as the switch reports them. Rules already known keep their time. */
    public Foreigners now(Map<ForeignRule, Duration> ages, Instant now) {
        Map<ForeignRule, Instant> next = new HashMap<>();
        ages.forEach((rule, age) -> {
            Instant told = now.minus(age).truncatedTo(ChronoUnit.SECONDS);
            Instant known = since.getOrDefault(rule, told);
            boolean same =
                    rule.isUnknown() || Duration.between(known, told).abs().compareTo(JITTER) < 0;
            next.put(rule, same ? known : told);
        });
        return next.equals(since) ? this : new Foreigners(next);
    }

    /** Returns whether one of them conflicts with the rules that pass all frames on to the last table. */
    public boolean areInTheWay() {
        return inTheWay;
    }

    /** Returns the most severe shadow over one of the rules; null if there is none. */
    public @Nullable Shadow over(Collection<WantedRule> ours) {
        if (since.isEmpty()) {
            return null;
        }
        Shadow possible = null;
        for (WantedRule rule : ours) {
            PortNumber port = rule.key().match().inPort();
            ForeignRule over = port == null ? null : over(rule.key(), port);
            if (port != null && over != null && (over.readable() || possible == null)) {
                possible = new Shadow(port, over.priority(), over.readable(), since.get(over), over.table());
            }
            if (over != null && over.readable()) {
                return possible;
            }
        }
        return possible;
    }

    private @Nullable ForeignRule over(RuleKey.Parsed ours, PortNumber port) {
        ForeignRule found = null;
        for (List<ForeignRule> some : List.of(ofPort.getOrDefault(port, List.of()), ofAnyPort)) {
            for (ForeignRule rule : some) {
                if (rule.takesFrom(ours)) {
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
