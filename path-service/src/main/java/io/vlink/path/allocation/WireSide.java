package io.vlink.path.allocation;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Side;
import org.jspecify.annotations.Nullable;

/**
 * One side of a wire: the port where frames leave a switch, or where they arrive. Resources of a wire are held per side and
 * not per link: two links with a side in common share it.
 *
 * @param sending whether frames leave the switch here
 * @param port number of the port; 0: unknown
 * @param name if the number is unknown, the link's name for the port
 */
public record WireSide(boolean sending, DatapathId datapathId, long port, String name) {

    public static WireSide of(
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

    /** Returns the wire side that a side of a lane uses. */
    public static WireSide of(Side side) {
        return of(side.sending(), side.hop().datapathId(), side.port(), side.locator());
    }

    /** Returns the port; null: its number is unknown. */
    public @Nullable SwitchPort switchPort() {
        return port == 0 ? null : new SwitchPort(datapathId, new PortNumber(port));
    }
}
