package io.vlink.events.paths;

import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import org.jspecify.annotations.Nullable;

/**
 * One side of a lane: a label at a port of a hop's switch.
 *
 * @param role the role of the face that sends on the lane
 * @param sending whether frames leave the switch here; otherwise they arrive
 */
public record Side(Hop hop, Lane lane, Role role, boolean sending) {

    /** The number of the port; null while it is not known. */
    public @Nullable PortNumber port() {
        return sending ? lane.outPort() : lane.inPort();
    }

    /** The link's name of the port. */
    public @Nullable PortLocator locator() {
        return sending ? lane.outLocator() : lane.inLocator();
    }
}
