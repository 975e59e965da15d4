package io.vlink.gateway.tunnels;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A port as OVSDB reports it, with its only or first interface.
 *
 * @param id the row of the port
 * @param bridge the name of its bridge
 * @param here whether that is the bridge in question
 * @param marks external_ids of the port
 * @param interfaceId the row of the interface
 * @param error why the switch could not create it; null: it could
 */
public record FoundPort(
        String name,
        String id,
        String bridge,
        boolean here,
        Map<String, String> marks,
        String interfaceId,
        String type,
        Map<String, String> options,
        @Nullable String error) {

    public FoundPort {
        marks = Map.copyOf(marks);
        options = Map.copyOf(options);
    }

    boolean isOurs() {
        return Tunnel.US.equals(marks.get(Tunnel.OWNER));
    }

    boolean isTunnel() {
        return type.equals(Tunnel.TYPE);
    }

    /** Returns whether the port is exactly as this gateway would create it. */
    boolean is(Tunnel tunnel) {
        return isTunnel()
                && options.equals(tunnel.options())
                && marks.entrySet().containsAll(tunnel.marks().entrySet());
    }

    /** Returns whether the port serves as the tunnel, no matter who created it. */
    boolean serves(Tunnel tunnel) {
        Tunnel.TunnelKey route = Tunnel.TunnelKey.of(options);
        Tunnel.TunnelKey wanted = tunnel.route();
        return isTunnel()
                && "flow".equals(options.get("key"))
                && route.remote().equals(wanted.remote())
                && route.udpPort().equals(wanted.udpPort())
                && (route.local().isEmpty() || route.local().equals(wanted.local()));
    }
}
