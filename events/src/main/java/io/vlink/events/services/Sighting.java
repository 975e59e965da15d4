package io.vlink.events.services;

import io.vlink.events.DatapathId;
import java.util.List;

/**
 * Somebody who claims a datapath id at a gateway that does not own it, and may be another switch than the one that the owner
 * serves.
 *
 * @param datapathId what is claimed
 * @param address where the claim comes from, as {@code address:port}
 * @param refused true: another switch that claims the same is connected there and answers, so this one is not; false: it
 *     is connected there, from another host than the switch that the owner serves
 * @param hardwareAddresses those of some of its ports, so that the owner may tell whether it is its own; none where refused
 */
public record Sighting(DatapathId datapathId, String address, boolean refused, List<String> hardwareAddresses) {
    public Sighting {
        hardwareAddresses = List.copyOf(hardwareAddresses);
    }
}
