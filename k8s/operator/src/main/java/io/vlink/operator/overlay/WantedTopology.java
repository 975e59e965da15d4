package io.vlink.operator.overlay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.links.LinkKind;
import io.vlink.operator.overlay.OverlaySpec.NodeSettings;
import io.vlink.operator.overlay.OverlaySpec.TopologyLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and links that an overlay declares. Pure.
 *
 * @param nodes specifications by name
 * @param links specifications by name
 * @param problems why the spec is contradictory; nothing is declared then
 */
record WantedTopology(Map<String, ObjectNode> nodes, Map<String, ObjectNode> links, List<String> problems) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The OVSDB port of the DaemonSet's Open vSwitch. */
    private static final int OVSDB_PORT = 6640;

    /** Returns an empty topology, as for a deleted resource. */
    static WantedTopology none() {
        return new WantedTopology(Map.of(), Map.of(), List.of());
    }

    /**
     * Returns the topology that a spec declares.
     *
     * @param addresses the InternalIP of each node in Kubernetes
     * @param ownSwitches whether the switches are Vlink's, with a reachable OVSDB, and not those of an existing pool
     */
    static WantedTopology of(OverlaySpec spec, Map<String, String> addresses, boolean ownSwitches) {
        Map<String, ObjectNode> nodes = new LinkedHashMap<>();
        Map<String, NodeSettings> settings = new HashMap<>();
        spec.topology().nodeSettings().forEach(each -> settings.put(each.name(), each));
        for (String node : spec.topology().nodes()) {
            nodes.put(node, node(node, settings.get(node), addresses.get(node), ownSwitches));
        }
        Map<String, ObjectNode> links = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> tunnels = new HashMap<>();
        Map<String, Set<String>> named = new HashMap<>();
        for (TopologyLink link : spec.topology().links()) {
            Set<String> ends = Set.copyOf(List.of(link.endpointA(), link.endpointB()));
            LinkNames names = LinkNames.of(link, name -> !ends.equals(named.getOrDefault(name, ends)));
            named.putIfAbsent(names.there(), ends);
            named.putIfAbsent(names.back(), ends);
            String portA = link.portA() == null ? SwitchNames.tunnel(link.endpointB()) : link.portA();
            String portB = link.portB() == null ? SwitchNames.tunnel(link.endpointA()) : link.portB();
            for (String end : List.of(link.endpointA() + " " + portA, link.endpointB() + " " + portB)) {
                String other = tunnels.put(end, names.there());
                if (other != null) {
                    problems.add(
                            "The links %s and %s would share the port %s: two nodes have one tunnel. State portA and portB of the second link."
                                    .formatted(
                                            other,
                                            names.there(),
                                            end.replace(" ", " of ").replaceFirst("(.*) of (.*)", "$2 of $1")));
                }
            }
            put(links, names.there(), link(link, link.endpointA(), portA, link.endpointB(), portB), problems);
            put(links, names.back(), link(link, link.endpointB(), portB, link.endpointA(), portA), problems);
        }
        return new WantedTopology(nodes, links, problems);
    }

    private static void put(Map<String, ObjectNode> links, String name, ObjectNode spec, List<String> problems) {
        if (links.put(name, spec) != null) {
            problems.add(
                    "Two links would have the name %s. State name and reverseName of one of them.".formatted(name));
        }
    }

    private static ObjectNode node(
            String name, @Nullable NodeSettings settings, @Nullable String address, boolean ownSwitch) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        String datapathId = settings == null ? null : settings.datapathId();
        node.put("datapathId", datapathId == null ? SwitchNames.datapathId(name).toString() : datapathId);
        String tunnel = settings != null && settings.tunnelAddress() != null ? settings.tunnelAddress() : address;
        if (tunnel != null) {
            node.put("tunnelAddress", tunnel);
        }
        String ovsdb =
                settings != null && settings.ovsdb() != null ? settings.ovsdb() : ownSwitch ? ovsdb(address) : null;
        if (ovsdb != null) {
            node.put("ovsdb", ovsdb);
        }
        node.put("maintenance", settings != null && Boolean.TRUE.equals(settings.maintenance()));
        return node;
    }

    private static @Nullable String ovsdb(@Nullable String address) {
        if (address == null) {
            return null;
        }
        return "tcp:%s:%d".formatted(address.contains(":") ? "[" + address + "]" : address, OVSDB_PORT);
    }

    private static ObjectNode link(TopologyLink link, String from, String fromPort, String to, String toPort) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putObject("from").put("node", from).put("port", fromPort);
        spec.putObject("to").put("node", to).put("port", toPort);
        spec.set("capacityBits", JSON.valueToTree(link.capacityBits()));
        if (link.bestEffortFloorBits() != null) {
            spec.set("bestEffortFloorBits", JSON.valueToTree(link.bestEffortFloorBits()));
        }
        spec.set("latencyNanos", JSON.valueToTree(link.latencyNanos()));
        spec.put("kind", link.kind() == LinkKind.PLAIN ? "plain" : "vxlan");
        spec.put("maintenance", Boolean.TRUE.equals(link.maintenance()));
        return spec;
    }
}
