package io.vlink.gateway.tunnels;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A port as OVSDB tells it, with its only or first interface.
 *
 * @param id the row of the port
 * @param bridge the name of the bridge that has it
 * @param here whether that is the bridge in question
 * @param marks external_ids of the port
 * @param interfaceId the row of the interface
 * @param error why the switch could not make it
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

    /** Whether it is to the letter what we would make. */
    boolean is(Tunnel tunnel) {
        return isTunnel()
                && options.equals(tunnel.options())
                && marks.entrySet().containsAll(tunnel.marks().entrySet());
    }

    /** Whether it does what the tunnel is to do, whoever made it. */
    boolean serves(Tunnel tunnel) {
        Tunnel.Route route = Tunnel.Route.of(options);
        Tunnel.Route wanted = tunnel.route();
        return isTunnel()
                && "flow".equals(options.get("key"))
                && route.remote().equals(wanted.remote())
                && route.udpPort().equals(wanted.udpPort())
                && (route.local().isEmpty() || route.local().equals(wanted.local()));
    }
}
