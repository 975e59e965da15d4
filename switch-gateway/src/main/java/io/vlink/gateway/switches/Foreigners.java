package io.vlink.gateway.switches;

import io.vlink.events.PortNumber;
import io.vlink.events.rules.Shadow;
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

/** The rules of others in one switch, and which of ours they stand over. */
final class Foreigners {

    /** Those that can be read come first: what is sure is said before what may be. */
    private static final Comparator<Map.Entry<ForeignRule, Instant>> GRAVEST =
            Map.Entry.<ForeignRule, Instant>comparingByKey(Comparator.comparing(ForeignRule::readable)
                            .thenComparing(ForeignRule::priority)
                            .reversed())
                    .thenComparing(Map.Entry.comparingByValue());

    static final Foreigners NONE = new Foreigners(Map.of());

    /** The same rule is told to be as old, but for what the clocks and the way make of it. */
    private static final Duration JITTER = Duration.ofSeconds(5);

    private final Map<ForeignRule, Instant> since;
    private final Map<PortNumber, List<ForeignRule>> ofPort = new HashMap<>();
    private final List<ForeignRule> ofAnyPort = new ArrayList<>();
    private final boolean inTheWay;

    /** Those that a switch has, and since when each. */
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

    /** Those that are there now, and for how long by what the switch says; what is known already keeps its time. */
    Foreigners now(Map<ForeignRule, Duration> ages, Instant now) {
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

    /** Whether one of them, and a rule that leads on all frames, would be in each other's way. */
    boolean areInTheWay() {
        return inTheWay;
    }

    /** The gravest of what stands over one of the rules; null: nothing does. */
    @Nullable Shadow over(Collection<WantedRule> ours) {
        if (since.isEmpty()) {
            return null;
        }
        Shadow possible = null;
        for (WantedRule rule : ours) {
            PortNumber port = rule.slot().match().inPort();
            ForeignRule over = port == null ? null : over(rule.slot(), port);
            if (port != null && over != null && (over.readable() || possible == null)) {
                possible = new Shadow(port, over.priority(), over.readable(), since.get(over), over.table());
            }
            if (over != null && over.readable()) {
                return possible;
            }
        }
        return possible;
    }

    private @Nullable ForeignRule over(Slot.Plain ours, PortNumber port) {
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
