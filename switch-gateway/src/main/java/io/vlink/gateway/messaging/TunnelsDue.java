package io.vlink.gateway.messaging;

import io.vlink.events.DatapathId;
import io.vlink.gateway.tunnels.TunnelTopology;
import io.vlink.gateway.tunnels.WantedTunnels;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The switches of one partition with changed tunnels that are not passed on yet. */
final class TunnelsDue {

    private final TunnelTopology tunnels;
    private final Predicate<DatapathId> served;
    /** Switches with changed tunnels, held back until the switch is known to belong to this suite. */
    private final Set<DatapathId> due = new LinkedHashSet<>();

    /**
     * Creates an instance with nothing due.
     *
     * @param served whether a switch belongs to the partition
     */
    TunnelsDue(TunnelTopology tunnels, Predicate<DatapathId> served) {
        this.tunnels = tunnels;
        this.served = served;
    }

    /**
     * Passes on the wanted tunnels of each switch as soon as allowed.
     *
     * @param ours whether a switch was found to belong to this suite
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
