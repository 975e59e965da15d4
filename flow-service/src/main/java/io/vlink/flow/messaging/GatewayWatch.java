package io.vlink.flow.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.services.Absence;
import io.vlink.events.services.Services;
import io.vlink.flow.status.Switches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The switches without a gateway, by the partition numbers that no gateway serves. A gateway that has returned must
 * first hear from its switches. So each switch counts again once its record arrives, and all others a little later.
 * Belongs to one thread.
 */
final class GatewayWatch {

    /** The time that a gateway waits for a switch before reporting it as disconnected, and a little more. */
    private static final Duration RETURN = Duration.ofSeconds(6);

    private final Switches switches;
    private final ToIntFunction<DatapathId> partitionOf;
    private final Map<Integer, Absence> away = new HashMap<>();
    private final Map<Integer, Instant> returns = new HashMap<>();
    private @Nullable Services news;

    GatewayWatch(Switches switches, ToIntFunction<DatapathId> partitionOf) {
        this.switches = switches;
        this.partitionOf = partitionOf;
    }

    /** Processes a change of the present services. */
    void heard(Services services) {
        if (services.deaf() == null) { // otherwise nothing is known of others
            news = services;
        }
    }

    /**
     * Evaluates the changes.
     *
     * @param crossed switches that circuits cross
     * @return the switches whose state changed
     */
    List<DatapathId> act(Collection<DatapathId> crossed, Instant now) {
        List<DatapathId> changed = new ArrayList<>();
        Services services = news;
        news = null;
        if (services != null) {
            Services.ServicePresence gateways = services.seen().get(Services.SWITCH_GATEWAY);
            Map<Integer, Absence> unserved = gateways == null ? Map.of() : gateways.unserved();
            unserved.forEach((partition, absence) -> {
                returns.remove(partition);
                if (!absence.equals(away.put(partition, absence))) {
                    changed.addAll(mark(partition, absence, crossed));
                }
            });
            away.keySet().stream()
                    .filter(partition -> !unserved.containsKey(partition))
                    .forEach(partition -> returns.putIfAbsent(partition, now.plus(RETURN)));
        }
        for (Map.Entry<Integer, Instant> back : Map.copyOf(returns).entrySet()) {
            if (!back.getValue().isAfter(now)) {
                returns.remove(back.getKey());
                away.remove(back.getKey());
                changed.addAll(mark(back.getKey(), null, crossed));
            }
        }
        return changed;
    }

    /** Records that a circuit crosses a switch that none crossed before. */
    void crosses(DatapathId datapathId) {
        int partition = partitionOf.applyAsInt(datapathId);
        Absence absence = away.get(partition);
        if (absence != null && !returns.containsKey(partition)) {
            switches.gatewayAway(datapathId, absence);
        }
    }

    /** Returns the time at which to act even if nothing was read; absent: no need. */
    @Nullable Instant wakeAt() {
        return returns.values().stream().min(Instant::compareTo).orElse(null);
    }

    private List<DatapathId> mark(int partition, @Nullable Absence absence, Collection<DatapathId> crossed) {
        List<DatapathId> marked = new ArrayList<>();
        for (DatapathId datapathId : Set.copyOf(crossed)) {
            if (partitionOf.applyAsInt(datapathId) == partition && switches.gatewayAway(datapathId, absence)) {
                marked.add(datapathId);
            }
        }
        return marked;
    }
}
