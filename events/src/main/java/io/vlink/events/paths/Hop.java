package io.vlink.events.paths;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import org.jspecify.annotations.Nullable;

/**
 * One switch crossed, in the order of travel.
 *
 * @param node the node's name
 * @param datapathId its switch
 * @param inLink the link that traffic arrives on; absent at the first hop, where it comes from the attachment
 * @param inPort number of the port that {@code inLink} ends at; absent at the first hop, or while no port of the switch
 *     bears the declared name
 * @param inLabel what keeps this vlink apart on {@code inLink}; absent at the first hop
 * @param outLink the link that traffic leaves on; absent at the last hop, where it goes to the attachment
 * @param outPort number of the port that {@code outLink} begins at; absent at the last hop, or while no port of the
 *     switch bears the declared name
 * @param outLabel what keeps this vlink apart on {@code outLink}; absent at the last hop
 * @param inLocator what {@code inLink} called its port here when the circuit was made: where that port gets another number,
 *     {@code inPort} follows; what the link is declared to be since makes no difference. Absent at the first hop
 * @param outLocator the same of {@code outLink} and {@code outPort}; absent at the last hop
 */
public record Hop(
        String node,
        DatapathId datapathId,
        @Nullable String inLink,
        @Nullable PortNumber inPort,
        @Nullable Label inLabel,
        @Nullable String outLink,
        @Nullable PortNumber outPort,
        @Nullable Label outLabel,
        @Nullable PortLocator inLocator,
        @Nullable PortLocator outLocator) {

    /** A hop as it was recorded before there were locators: its ports are what its links say. */
    public Hop(
            String node,
            DatapathId datapathId,
            @Nullable String inLink,
            @Nullable PortNumber inPort,
            @Nullable Label inLabel,
            @Nullable String outLink,
            @Nullable PortNumber outPort,
            @Nullable Label outLabel) {
        this(node, datapathId, inLink, inPort, inLabel, outLink, outPort, outLabel, null, null);
    }

    /** Whether every port that a link needs here is known. */
    public boolean portsKnown() {
        return (inLink == null || inPort != null) && (outLink == null || outPort != null);
    }
}
