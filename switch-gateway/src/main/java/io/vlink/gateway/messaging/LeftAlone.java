package io.vlink.gateway.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.services.Services;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The connected switches that are left alone because they were not set up from the data in Kafka. Thread-safe. */
final class LeftAlone {

    private static final int NAMED = 2;

    private final Map<DatapathId, String> reasons = new ConcurrentHashMap<>();
    private final Set<DatapathId> declared = ConcurrentHashMap.newKeySet();

    /** Sets why a switch is left alone; null: it no longer is. */
    void set(DatapathId id, @Nullable String reason) {
        if (reason == null) {
            reasons.remove(id);
        } else {
            reasons.put(id, reason);
        }
    }

    /** Sets whether a node is declared for the switch. */
    void declare(DatapathId id, boolean node) {
        if (node) {
            declared.add(id);
        } else {
            declared.remove(id);
        }
    }

    /** Drops the switches of a partition that has another owner now. */
    void drop(Predicate<DatapathId> which) {
        reasons.keySet().removeIf(which);
        declared.removeIf(which);
    }

    /** Returns each switch that is left alone, and why. */
    Map<DatapathId, String> reasons() {
        Map<DatapathId, String> ordered = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        ordered.putAll(reasons);
        return ordered;
    }

    /**
     * Returns the switches that keep the gateway from being ready: those of declared nodes, or all if every connected switch
     * is left alone, as an emptied Kafka contains no nodes. A single stranger does not keep the gateway from being ready.
     */
    Map<DatapathId, String> hindering(Collection<DatapathId> connected) {
        Map<DatapathId, String> all = reasons();
        if (!all.keySet().containsAll(new HashSet<>(connected))) {
            all.keySet().retainAll(declared);
        }
        return all;
    }

    /** Returns the doubt to report to the other services, in words; null if nothing keeps this gateway from being ready. */
    @Nullable String doubt(Collection<DatapathId> connected) {
        Map<DatapathId, String> hindering = hindering(connected);
        if (hindering.isEmpty()) {
            return null;
        }
        String some = hindering.entrySet().stream()
                .limit(NAMED)
                .map(one -> one.getKey() + ": " + one.getValue().split("(?<=\\.) ", 2)[0])
                .collect(Collectors.joining(" "));
        return "%d of %d connected switches were not set up from Kafka's present data. %s %s"
                .formatted(hindering.size(), connected.size(), some, Services.WHAT_TO_DO);
    }
}
