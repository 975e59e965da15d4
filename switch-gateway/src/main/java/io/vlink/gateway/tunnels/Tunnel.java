package io.vlink.gateway.tunnels;

import io.vlink.events.ResourceId;
import java.util.List;
import java.util.Map;

/**
 * One end of a VXLAN tunnel that a node must have.
 *
 * @param port the name of the port and of its interface
 * @param local the node's own tunnel address
 * @param remote the tunnel address of the other end
 * @param udpPort the UDP port on which both ends listen
 * @param links the links that it serves, in order: one for each direction
 */
public record Tunnel(String port, String local, String remote, int udpPort, List<ResourceId> links) {

    static final String TYPE = "vxlan";
    static final String OWNER = "vlink:owner";
    static final String US = "switch-gateway";

    public Tunnel {
        links = List.copyOf(links);
    }

    /** The complete options of its interface; {@code key=flow} leaves the VNI to the rules. */
    public Map<String, String> options() {
        return Map.of("key", "flow", "local_ip", local, "remote_ip", remote, "dst_port", Integer.toString(udpPort));
    }

    /** The marks on its port. The gateway recognises the port by them, and they show people its owner. */
    public Map<String, String> marks() {
        ResourceId first = links.getFirst();
        return Map.of(OWNER, US, "vlink:overlay", first.overlay(), "vlink:link", first.name());
    }

    TunnelKey route() {
        return TunnelKey.of(options());
    }

    /** The key of a tunnel in one Open vSwitch (3.1, lib: {@code tnl_match}): a second tunnel with the same key fails. */
    record TunnelKey(String local, String remote, String udpPort, String key) {

        private static final String DEFAULT_UDP_PORT = "4789";

        static TunnelKey of(Map<String, String> options) {
            return new TunnelKey(
                    options.getOrDefault("local_ip", ""),
                    options.getOrDefault("remote_ip", ""),
                    options.getOrDefault("dst_port", DEFAULT_UDP_PORT),
                    options.getOrDefault("key", options.getOrDefault("in_key", "0")));
        }
    }
}
