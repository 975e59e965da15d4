package io.vlink.gateway.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vlink.events.text.Unicode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The treatment of frames by a bridge beyond its rules (Open vSwitch 3.1, ovs-vswitchd.conf.db(5)): mirrors copy them, and
 * ports that a spanning tree protocol blocks drop them. OpenFlow 1.3 and 1.4 report neither.
 */
final class BridgeHabits {

    private static final int SHOWN = 8;

    private final JsonNode bridge;
    private final Map<String, JsonNode> ports;
    private final Map<String, JsonNode> interfaces;
    private final Map<String, JsonNode> mirrors;

    BridgeHabits(
            JsonNode bridge,
            Map<String, JsonNode> ports,
            Map<String, JsonNode> interfaces,
            Map<String, JsonNode> mirrors) {
        this.bridge = bridge;
        this.ports = ports;
        this.interfaces = interfaces;
        this.mirrors = mirrors;
    }

    /** One sentence for each mirror that copies frames somewhere. */
    List<String> mirrors() {
        List<String> said = new ArrayList<>();
        for (String id : BridgeRows.references(bridge.path("mirrors"))) {
            JsonNode mirror = mirrors.getOrDefault(id, MissingNode.getInstance());
            String from = sources(mirror);
            String to = target(mirror);
            if (!from.isEmpty() && !to.isEmpty()) {
                said.add(
                        "The mirror %s of bridge %s copies %s to %s, whichever network they belong to. Run \"ovs-vsctl list mirror\" to see it."
                                .formatted(text(mirror.path("name")), text(bridge.path("name")), from, to));
            }
        }
        said.sort(null);
        return said;
    }

    /** The names of the ports by which the copies of mirrors leave. */
    List<String> outputs() {
        List<String> outputs = new ArrayList<>();
        for (String id : BridgeRows.references(bridge.path("mirrors"))) {
            for (String port : BridgeRows.references(
                    mirrors.getOrDefault(id, MissingNode.getInstance()).path("output_port"))) {
                String name = ports.getOrDefault(port, MissingNode.getInstance())
                        .path("name")
                        .asText();
                if (!name.isEmpty()) {
                    outputs.add(name);
                }
            }
        }
        return outputs;
    }

    private String sources(JsonNode mirror) {
        if (mirror.path("select_all").asBoolean()) {
            return "the frames of all ports";
        }
        List<String> parts = new ArrayList<>();
        String in = names(mirror.path("select_src_port"));
        String out = names(mirror.path("select_dst_port"));
        if (!in.isEmpty()) {
            parts.add("the frames that enter by " + in);
        }
        if (!out.isEmpty()) {
            parts.add("the frames that leave by " + out);
        }
        return String.join(" and ", parts);
    }

    private String target(JsonNode mirror) {
        String port = names(mirror.path("output_port"));
        JsonNode vlan = mirror.path("output_vlan");
        return !port.isEmpty() ? "port " + port : vlan.isInt() ? "VLAN " + vlan.asInt() : "";
    }

    private String names(JsonNode references) {
        List<String> names = BridgeRows.references(references).stream()
                .map(id ->
                        text(ports.getOrDefault(id, MissingNode.getInstance()).path("name")))
                .sorted()
                .toList();
        return names.size() <= SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN)) + " and %d more".formatted(names.size() - SHOWN);
    }

    /** The ports that block frames now, by name, each with its spanning tree state and protocol. */
    Map<String, String> blocked() {
        boolean stp = bridge.path("stp_enable").asBoolean();
        boolean rstp = bridge.path("rstp_enable").asBoolean();
        Map<String, String> blocked = new TreeMap<>();
        if (!stp && !rstp) {
            return blocked;
        }
        for (String id : BridgeRows.references(bridge.path("ports"))) {
            JsonNode port = ports.getOrDefault(id, MissingNode.getInstance());
            if (takesPart(port, stp ? "stp-enable" : "rstp-enable")) {
                String state = stp
                        ? BridgeRows.inMap(port.path("status"), "stp_state")
                        : BridgeRows.inMap(port.path("rstp_status"), "rstp_port_state");
                if (!"forwarding".equalsIgnoreCase(state)) {
                    blocked.put(
                            port.path("name").asText(),
                            "%s (%s_enable)".formatted(state == null ? "starting" : text(state), stp ? "stp" : "rstp"));
                }
            }
        }
        return blocked;
    }

    /** Returns whether a port takes part in the protocol: internal ports, bonds and excluded ports do not. */
    private boolean takesPart(JsonNode port, String setting) {
        List<String> ofPort = BridgeRows.references(port.path("interfaces"));
        if (ofPort.size() != 1 || "false".equals(BridgeRows.inMap(port.path("other_config"), setting))) {
            return false;
        }
        JsonNode only = interfaces.getOrDefault(ofPort.getFirst(), MissingNode.getInstance());
        return !only.path("type").asText().equals("internal");
    }

    private static String text(JsonNode name) {
        return text(name.asText("?"));
    }

    private static String text(String name) {
        return Unicode.printable(name);
    }
}
