package io.vlink.gateway.messaging;

import io.vlink.events.DatapathId;
import io.vlink.gateway.tunnels.TunnelTopology;
import io.vlink.gateway.tunnels.WantedTunnels;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The switches of one partition whose tunnels are to be other than they were last told. */
final class TunnelsDue {

    private final TunnelTopology tunnels;
    private final Predicate<DatapathId> served;
    /** Nodes whose tunnels are to be other, once it is known that their switch is ours. */
    private final Set<DatapathId> due = new LinkedHashSet<>();

    /**
     * Makes one to which nothing is due.
     *
     * @param served whether a switch is one of the partition
     */
    TunnelsDue(TunnelTopology tunnels, Predicate<DatapathId> served) {
        this.tunnels = tunnels;
        this.served = served;
    }

    /**
     * Tells of each what it must have, as soon as it may be told.
     *
     * @param ours whether a switch was found to be ours
     */
    void tell(Predicate<DatapathId> ours, BiConsumer<DatapathId, WantedTunnels> told) {
        for (DatapathId changed : tunnels.changed()) {
            if (served.test(changed)) {
                due.add(changed);
            }
        }
        due.removeIf(changed -> {
            boolean isOurs = ours.test(changed);
            if (isOurs) {
                told.accept(changed, tunnels.wanted(changed));
            }
            return isOurs;
        });
    }
}
