package io.vlink.gateway.switches.ports;

import io.vlink.events.PortNumber;
import io.vlink.gateway.switches.boundary.ObservedPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tracks ports of a switch that are up but not live. This counts only for a switch that has reported some port as live,
 * as not every one does, and only after a delay: Open vSwitch 3.1 reports each new port before it is live, and lost
 * carrier in two messages, of which the first reports only that the port is not live.
 */
final class PortLiveness {

    /** The time without liveness after which a port counts as dead. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    private final Map<PortNumber, Instant> doubtful = new HashMap<>();
    private final Set<PortNumber> dead = new HashSet<>();
    private boolean offered;

    void seen(ObservedPort port, Instant now) {
        offered |= port.live();
        if (port.live() || !port.up()) {
            removed(port.number());
        } else if (!dead.contains(port.number())) {
            doubtful.putIfAbsent(port.number(), now.plus(PATIENCE));
        }
    }

    void removed(PortNumber number) {
        doubtful.remove(number);
        dead.remove(number);
    }

    /**
     * Keeps these ports only; they are about to be reported again. A dead port stays dead until it is reported as live.
     */
    void only(List<ObservedPort> all) {
        Set<PortNumber> numbers = all.stream().map(ObservedPort::number).collect(Collectors.toSet());
        doubtful.keySet().retainAll(numbers);
        dead.retainAll(numbers);
    }

    boolean isDead(PortNumber number) {
        return dead.contains(number);
    }

    /** Returns the ports that count as dead from now on. */
    List<PortNumber> settled(Instant now) {
        if (!offered || doubtful.isEmpty()) {
            return List.of();
        }
        List<PortNumber> settled = new ArrayList<>();
        doubtful.forEach((number, due) -> {
            if (!due.isAfter(now)) {
                settled.add(number);
            }
        });
        settled.forEach(doubtful::remove);
        dead.addAll(settled);
        return settled;
    }

    /** Returns when {@link #settled} may find something; null if not before the next report. */
    @Nullable Instant next() {
        return offered && !doubtful.isEmpty()
                ? doubtful.values().stream().min(Instant::compareTo).orElse(null)
                : null;
    }
}
