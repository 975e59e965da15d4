package io.vlink.path.path;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Side;
import org.jspecify.annotations.Nullable;

/**
 * One side of a wire: the port of a switch that frames leave by, or that they arrive at. What is held on a wire is held here,
 * whatever links are called: two links with one side in common share it.
 *
 * @param sending whether frames leave the switch here
 * @param port number of the port; 0: it is not known
 * @param name where the number is not known, what the link calls the port
 */
record WireSide(boolean sending, DatapathId datapathId, long port, String name) {

    static WireSide of(
            boolean sending, DatapathId datapathId, @Nullable PortNumber port, @Nullable PortLocator locator) {
        if (port != null) {
            return new WireSide(sending, datapathId, port.value(), "");
        }
        if (locator == null) {
            return new WireSide(sending, datapathId, 0, "");
        }
        return locator.isNumber()
                ? new WireSide(sending, datapathId, locator.number().value(), "")
                : new WireSide(sending, datapathId, 0, locator.text());
    }

    /** Where a lane is on the wire. */
    static WireSide of(Side side) {
        return of(side.sending(), side.hop().datapathId(), side.port(), side.locator());
    }

    /** Null: its number is not known. */
    @Nullable SwitchPort switchPort() {
        return port == 0 ? null : new SwitchPort(datapathId, new PortNumber(port));
    }
}
