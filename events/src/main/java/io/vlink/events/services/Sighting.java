package io.vlink.events.services;

import io.vlink.events.DatapathId;
import java.util.List;

/**
 * A device that claims a datapath id at a gateway that does not own it, and may be another switch than the one that the
 * owner serves.
 *
 * @param datapathId the claimed datapath id
 * @param address the origin of the claim, as {@code address:port}
 * @param refused true: another switch with the same datapath id is connected there and answers, so this one is
 *     rejected; false: it is connected there, from another host than the switch that the owner serves
 * @param hardwareAddresses those of some of its ports, by which the owner recognises its own switch; none where refused
 */
public record Sighting(DatapathId datapathId, String address, boolean refused, List<String> hardwareAddresses) {
    public Sighting {
        hardwareAddresses = List.copyOf(hardwareAddresses);
    }
}
