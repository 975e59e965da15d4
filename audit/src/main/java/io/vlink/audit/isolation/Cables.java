package io.vlink.audit.isolation;

import io.vlink.events.Label;
import io.vlink.events.SwitchPort;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What leads from switch to switch: links as they are declared, and what circuits still cross though it is declared no more,
 * or otherwise. From one port frames may come to several, where both are known.
 */
public final class Cables {

    /** Where a cable leads. */
    record Far(Spot port, boolean tunnel) {}

    private final Map<Spot, Set<Far>> bySender = new LinkedHashMap<>();
    private final Map<Spot, Boolean> receivers = new LinkedHashMap<>();

    /** Takes in a link: one direction. */
    public void link(SwitchPort from, SwitchPort to, boolean tunnel) {
        bySender.computeIfAbsent(Spot.of(from), first -> new LinkedHashSet<>()).add(new Far(Spot.of(to), tunnel));
        receivers.merge(Spot.of(to), tunnel, Boolean::logicalOr);
    }

    /** Takes in what a path crosses. */
    public void way(Way way) {
        for (int i = 0; i + 1 < way.stages().size(); i++) {
            Way.Stage here = way.stages().get(i);
            Label label = here.outLabel();
            link(here.out(), way.stages().get(i + 1).in(), label != null && label.kind() == Label.Kind.VNI);
        }
    }

    Collection<Far> from(Spot port) {
        return bySender.getOrDefault(port, Set.of());
    }

    /** Ports that something comes in at over a cable, and whether that is a tunnel. */
    Map<Spot, Boolean> receivers() {
        return receivers;
    }

    boolean uses(Spot port) {
        return bySender.containsKey(port) || receivers.containsKey(port);
    }
}
