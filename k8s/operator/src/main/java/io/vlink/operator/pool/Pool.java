package io.vlink.operator.pool;

import io.vlink.operator.pod.NetworkPod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All ports of one overlay's pool. A write of a port requires the version that was read. Pure. */
public record Pool(List<PoolPort> ports) {

    public Pool {
        ports = ports.stream().sorted(Comparator.comparingInt(PoolPort::number)).toList();
    }

    /**
     * Reserves the first port that is free on all of {@code nodes}, the nodes on which the pod may run.
     *
     * @return the port to write; null if none is free
     */
    public @Nullable PoolPort take(Collection<String> nodes, Hold hold) {
        return ports.stream()
                .filter(port -> nodes.stream().allMatch(port::isFree))
                .findFirst()
                .map(port -> port.heldOn(nodes, hold))
                .orElse(null);
    }

    /** Returns the port numbers that a pod holds for a network on the node where it runs, by definition. */
    public Map<String, Integer> heldBy(NetworkPod pod, String network) {
        Map<String, Integer> held = new HashMap<>();
        for (PoolPort port : ports) {
            Hold hold = pod.node() == null ? null : port.holds().get(pod.node());
            if (hold != null && hold.isOf(pod) && hold.network().equals(network)) {
                held.put(port.definition(), port.number());
            }
        }
        return held;
    }

    /**
     * Returns the ports to write for the given pods. A placed pod keeps its port on its node only. A port is released
     * when no pod appeared within {@code patience}, or when its pod has been gone or ended for {@code quarantine}: the
     * remains of a pod that was deleted without a grace period live on for seconds.
     *
     * @param stillThere tests, before a port is released, whether the pod still exists
     */
    public List<PoolPort> settled(
            Collection<NetworkPod> pods,
            Predicate<Hold> stillThere,
            Duration patience,
            Duration quarantine,
            Instant now) {
        List<PoolPort> changed = new ArrayList<>();
        for (PoolPort port : ports) {
            Map<String, Hold> next = new TreeMap<>();
            port.holds().forEach((node, hold) -> {
                NetworkPod pod = pods.stream()
                        .filter(each -> hold.isOf(each) && !each.ended())
                        .findFirst()
                        .orElse(null);
                if (pod != null) {
                    String placed = pod.node() == null ? node : pod.node();
                    if (placed.equals(node) || port.isFree(placed)) {
                        next.put(placed, hold.by(pod));
                    }
                } else if (!isDone(hold, patience, quarantine, now) || stillThere.test(hold)) {
                    next.put(node, hold.uid() == null || hold.leftAt() != null ? hold : hold.missed(now));
                }
            });
            if (!next.equals(port.holds())) {
                changed.add(port.with(next));
            }
        }
        return changed;
    }

    private static boolean isDone(Hold hold, Duration patience, Duration quarantine, Instant now) {
        if (hold.uid() == null) {
            return now.isAfter(Instant.parse(hold.since()).plus(patience));
        }
        return hold.leftAt() != null && now.isAfter(Instant.parse(hold.leftAt()).plus(quarantine));
    }
}
