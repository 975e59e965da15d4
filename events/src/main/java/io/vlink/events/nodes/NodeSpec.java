package io.vlink.events.nodes;

import io.vlink.events.DatapathId;
import io.vlink.events.schema.MayOmit;
import org.jspecify.annotations.Nullable;

/**
 * A user's declaration of a node.
 *
 * @param datapathId the switch on this node
 * @param tunnelAddress the IP address at which the node's tunnels end
 * @param ovsdb where the node's OVSDB server listens, as {@code tcp:address:port}; if present, switch-gateway checks
 *     the bridge's fail mode and in-band control before it accepts the switch
 * @param maintenance no new path may cross the node
 */
public record NodeSpec(
        DatapathId datapathId,
        @Nullable String tunnelAddress,
        @Nullable String ovsdb,
        @MayOmit("false") boolean maintenance) {}
