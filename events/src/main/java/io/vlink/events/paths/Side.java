package io.vlink.events.paths;

import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import org.jspecify.annotations.Nullable;

/**
 * One side of a lane: a label at a port of a hop's switch.
 *
 * @param role that of the face which sends on the lane
 * @param sending whether frames leave the switch here; else they arrive
 */
public record Side(Hop hop, Lane lane, Role role, boolean sending) {

    /** Number of the port; absent while it is not known. */
    public @Nullable PortNumber port() {
        return sending ? lane.outPort() : lane.inPort();
    }

    /** What the link called the port. */
    public @Nullable PortLocator locator() {
        return sending ? lane.outLocator() : lane.inLocator();
    }
}
