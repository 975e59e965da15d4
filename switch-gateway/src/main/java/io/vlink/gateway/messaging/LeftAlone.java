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

/** The connected switches that are left alone, as Kafka's data is not that by which they were set up; from any thread. */
final class LeftAlone {

    private static final int NAMED = 2;

    private final Map<DatapathId, String> reasons = new ConcurrentHashMap<>();
    private final Set<DatapathId> declared = ConcurrentHashMap.newKeySet();

    /** A switch is left alone for a reason, or, without one, no more. */
    void set(DatapathId id, @Nullable String reason) {
        if (reason == null) {
            reasons.remove(id);
        } else {
            reasons.put(id, reason);
        }
    }

    /** Whether a node is declared for the switch. */
    void declare(DatapathId id, boolean node) {
        if (node) {
            declared.add(id);
        } else {
            declared.remove(id);
        }
    }

    /** Those of a partition have another owner. */
    void forget(Predicate<DatapathId> which) {
        reasons.keySet().removeIf(which);
        declared.removeIf(which);
    }

    /** Why which switch is left alone. */
    Map<DatapathId, String> reasons() {
        Map<DatapathId, String> ordered = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        ordered.putAll(reasons);
        return ordered;
    }

    /**
     * What keeps the gateway from being ready: switches of declared nodes, or, as an emptied Kafka knows of no node, all
     * where every connected one is left alone. One stranger among our switches keeps nobody from being ready.
     */
    Map<DatapathId, String> hindering(Collection<DatapathId> connected) {
        Map<DatapathId, String> all = reasons();
        if (!all.keySet().containsAll(new HashSet<>(connected))) {
            all.keySet().retainAll(declared);
        }
        return all;
    }

    /** What that is to the other services, in words; absent where nothing keeps this gateway from being ready. */
    @Nullable String doubt(Collection<DatapathId> connected) {
        Map<DatapathId, String> hindering = hindering(connected);
        if (hindering.isEmpty()) {
            return null;
        }
        String some = hindering.entrySet().stream()
                .limit(NAMED)
                .map(one -> one.getKey() + ": " + one.getValue().split("(?<=\\.) ", 2)[0])
                .collect(Collectors.joining(" "));
        return "Kafka's data is not that by which %d of %d connected switches were set up. %s %s"
                .formatted(hindering.size(), connected.size(), some, Services.WHAT_TO_DO);
    }
}
