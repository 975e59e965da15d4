package io.vlink.gateway.switches;

import io.vlink.events.PortNumber;
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
 * Which ports of a switch are up and yet not live. Believed only of a switch that has called some port live, as not every
 * one does, and only after a while: Open vSwitch 3.1 tells of each new port before it is live, and of lost carrier in two
 * messages, of which the first only says that the port is not live.
 */
final class PortLiveness {

    /** How long a port must not be live before that is believed. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    private final Map<PortNumber, Instant> doubtful = new HashMap<>();
    private final Set<PortNumber> dead = new HashSet<>();
    private boolean offered;

    void seen(ObservedPort port, Instant now) {
        offered |= port.live();
        if (port.live() || !port.up()) {
            gone(port.number());
        } else if (!dead.contains(port.number())) {
            doubtful.putIfAbsent(port.number(), now.plus(PATIENCE));
        }
    }

    void gone(PortNumber number) {
        doubtful.remove(number);
        dead.remove(number);
    }

    /** These are about to be told again, and there are no others. What was dead stays so until it is called live. */
    void only(List<ObservedPort> all) {
        Set<PortNumber> numbers = all.stream().map(ObservedPort::number).collect(Collectors.toSet());
        doubtful.keySet().retainAll(numbers);
        dead.retainAll(numbers);
    }

    boolean isDead(PortNumber number) {
        return dead.contains(number);
    }

    /** Ports that are taken for dead from now on. */
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

    /** When {@link #settled} may find something; null: not before something is seen. */
    @Nullable Instant next() {
        return offered && !doubtful.isEmpty()
                ? doubtful.values().stream().min(Instant::compareTo).orElse(null)
                : null;
    }
}
