package io.vlink.events.paths;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import org.jspecify.annotations.Nullable;

/**
 * One end of a circuit, and its attachment.
 *
 * @param node the node's name
 * @param attachment id of the attachment that holds this end; absent while none does
 * @param port number of its port; absent while no port of the switch has the declared name
 */
public record Endpoint(
        String node,
        DatapathId datapathId,
        @Nullable String attachment,
        @Nullable PortNumber port) {}
