package io.vlink.audit.isolation;

import io.vlink.events.Label;
import io.vlink.events.SwitchPort;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The cables between switches: links as they are declared, and those that circuits still cross although they are no longer
 * declared, or differently. Where the two disagree, a port leads to several others.
 */
public final class Cables {

    /** The far end of a cable. */
    record Far(Spot port, boolean tunnel) {}

    private final Map<Spot, Set<Far>> bySender = new LinkedHashMap<>();
    private final Map<Spot, Boolean> receivers = new LinkedHashMap<>();

    /** Adds one direction of a link. */
    public void link(SwitchPort from, SwitchPort to, boolean tunnel) {
        bySender.computeIfAbsent(Spot.of(from), first -> new LinkedHashSet<>()).add(new Far(Spot.of(to), tunnel));
        receivers.merge(Spot.of(to), tunnel, Boolean::logicalOr);
    }

    /** Adds the cables that a path crosses. */
    public void way(Way way) {
        for (int i = 0; i + 1 < way.stages().size(); i++) {
            Way.Stage here = way.stages().get(i);
            Label label = here.outLabel();
            link(here.out(), way.stages().get(i + 1).in(), label != null && label.kind() == Label.LabelKind.VNI);
        }
    }

    Collection<Far> from(Spot port) {
        return bySender.getOrDefault(port, Set.of());
    }

    /** Returns the ports that receive frames over a cable, and whether it is a tunnel. */
    Map<Spot, Boolean> receivers() {
        return receivers;
    }

    boolean uses(Spot port) {
        return bySender.containsKey(port) || receivers.containsKey(port);
    }
}
