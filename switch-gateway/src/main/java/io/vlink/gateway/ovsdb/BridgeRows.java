package io.vlink.gateway.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vlink.events.DatapathId;
import io.vlink.events.switches.Plug;
import io.vlink.events.text.Unicode;
import io.vlink.gateway.switches.boundary.BridgeSettings;
import io.vlink.gateway.switches.boundary.PortSizes;
import io.vlink.gateway.tunnels.FoundPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The monitored rows, as last received (RFC 7047 §4.1.5, §4.1.6). */
final class BridgeRows {

    private static final int MAX_ROWS = 32_768;
    /** RFC 791, §3.1: the total length of a datagram has 16 bits. */
    private static final int MAX_MTU = 65_535;
    /** A uid has 36 characters, the name of a Linux interface at most 15. */
    private static final int MAX_ID = 64;

    private final Map<String, JsonNode> bridges = new HashMap<>();
    private final Map<String, JsonNode> interfaces = new HashMap<>();
    private final Map<String, JsonNode> ports = new HashMap<>();
    private final Map<String, JsonNode> mirrors = new HashMap<>();
    private final Map<String, JsonNode> roots = new HashMap<>();

    /** The parameters of the monitor request. */
    static final String MONITOR = """
            ["Open_vSwitch","vlink",\
            {"Bridge":{"columns":["name","datapath_id","fail_mode","other_config","ports","mirrors","stp_enable","rstp_enable"]},\
            "Interface":{"columns":["name","ofport","mtu","mac_in_use","type","options","error","bfd_status","cfm_mpid","cfm_fault"]},\
            "Port":{"columns":["name","external_ids","interfaces","other_config","status","rstp_status"]},\
            "Mirror":{"columns":["name","select_all","select_src_port","select_dst_port","output_port","output_vlan"]},\
            "Open_vSwitch":{"columns":["other_config"]}}]""";

    /**
     * Applies table updates.
     *
     * @throws HostileAnswer if they are not table updates
     */
    void update(JsonNode tables) {
        if (!tables.isObject()) {
            throw new HostileAnswer("The table updates are not a JSON object.");
        }
        apply(bridges, tables.path("Bridge"));
        apply(interfaces, tables.path("Interface"));
        apply(ports, tables.path("Port"));
        apply(mirrors, tables.path("Mirror"));
        apply(roots, tables.path("Open_vSwitch"));
    }

    /** Returns the settings of the bridge with the datapath id, if there is one. */
    Optional<BridgeSettings> settings(DatapathId datapathId) {
        for (JsonNode row : bridges.values()) {
            if (datapathId.toString().equals(scalar(row.path("datapath_id")))) {
                return Optional.of(new BridgeSettings(
                        row.path("name").asText("?"),
                        scalar(row.path("fail_mode")),
                        inMap(row.path("other_config"), "disable-in-band"),
                        roots.values().stream()
                                .findFirst()
                                .map(root -> inMap(root.path("other_config"), "vlan-limit"))
                                .orElse(null),
                        habits(row).mirrors()));
            }
        }
        return Optional.empty();
    }

    private BridgeHabits habits(JsonNode bridge) {
        return new BridgeHabits(bridge, ports, interfaces, mirrors);
    }

    /**
     * Returns the MTUs of all interfaces that are ports (their switch sets both columns at once), the pods that ovs-cni
     * noted as plugged into them, the ports of the bridge that a spanning tree protocol blocks, and the ports on which the
     * switch at the other side is heard.
     */
    PortSizes sizes(DatapathId datapathId) {
        PortSizes sizes = new PortSizes();
        BridgeHabits habits = habits(bridges.getOrDefault(bridgeId(datapathId).orElse(""), MissingNode.getInstance()));
        habits.blocked().forEach(sizes::blocked);
        habits.outputs().forEach(sizes::reserved);
        for (JsonNode row : interfaces.values()) {
            if (row.path("ofport").asInt() > 0) {
                int mtu = row.path("mtu").asInt();
                sizes.put(row.path("name").asText(), mtu > 0 && mtu <= MAX_MTU ? mtu : null);
                if (hearsItsPeer(row)) {
                    sizes.hears(row.path("name").asText());
                }
            }
        }
        for (JsonNode row : ports.values()) {
            String pod = inMap(row.path("external_ids"), "contPodUid");
            String interfaceName = inMap(row.path("external_ids"), "contIface");
            if (pod != null && interfaceName != null && isShort(pod) && isShort(interfaceName)) {
                sizes.plugged(
                        row.path("name").asText(), new Plug(Unicode.printable(pod), Unicode.printable(interfaceName)));
            }
        }
        return sizes;
    }

    /** Returns whether BFD or CFM, where set up, hears the other side. An absent CFM fault is an empty set. */
    private static boolean hearsItsPeer(JsonNode row) {
        boolean byCfm = row.path("cfm_mpid").isInt()
                && row.path("cfm_fault").isBoolean()
                && !row.path("cfm_fault").asBoolean();
        return byCfm || "up".equals(inMap(row.path("bfd_status"), "state"));
    }

    /**
     * Returns the hardware addresses of the bridge's ports, by port number. They distinguish it from other bridges with its
     * datapath id.
     */
    Map<Long, String> addresses(DatapathId datapathId) {
        Map<Long, String> addresses = new HashMap<>();
        JsonNode bridge = bridges.getOrDefault(bridgeId(datapathId).orElse(""), MissingNode.getInstance());
        for (String portId : references(bridge.path("ports"))) {
            JsonNode port = ports.getOrDefault(portId, MissingNode.getInstance());
            for (String interfaceId : references(port.path("interfaces"))) {
                JsonNode row = interfaces.getOrDefault(interfaceId, MissingNode.getInstance());
                String address = scalar(row.path("mac_in_use"));
                long number = row.path("ofport").asLong();
                if (address != null && number > 0) {
                    addresses.put(number, address);
                }
            }
        }
        return addresses;
    }

    /** Returns the row of the bridge with the datapath id, if there is one. */
    Optional<String> bridgeId(DatapathId datapathId) {
        return bridges.entrySet().stream()
                .filter(row ->
                        datapathId.toString().equals(scalar(row.getValue().path("datapath_id"))))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Returns every tunnel of the whole Open vSwitch, and every port with one of the names. */
    List<FoundPort> tunnels(DatapathId datapathId, Set<String> names) {
        String own = bridgeId(datapathId).orElse("");
        List<FoundPort> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> bridge : bridges.entrySet()) {
            for (String portId : references(bridge.getValue().path("ports"))) {
                JsonNode port = ports.getOrDefault(portId, MissingNode.getInstance());
                for (String interfaceId : references(port.path("interfaces"))) {
                    JsonNode row = interfaces.getOrDefault(interfaceId, MissingNode.getInstance());
                    if (row.path("type").asText().equals("vxlan")
                            || names.contains(port.path("name").asText())) {
                        found.add(new FoundPort(
                                port.path("name").asText(),
                                portId,
                                bridge.getValue().path("name").asText("?"),
                                bridge.getKey().equals(own),
                                map(port.path("external_ids")),
                                interfaceId,
                                row.path("type").asText(),
                                map(row.path("options")),
                                scalar(row.path("error"))));
                        break;
                    }
                }
            }
        }
        return found;
    }

    /** Reads one reference, or a set of them (RFC 7047 §5.1). */
    static List<String> references(JsonNode value) {
        if (value.path(0).asText().equals("uuid")) {
            return List.of(value.path(1).asText());
        }
        List<String> all = new ArrayList<>();
        value.path(1).forEach(one -> all.add(one.path(1).asText()));
        return all;
    }

    private static Map<String, String> map(JsonNode map) {
        Map<String, String> all = new TreeMap<>();
        map.path(1).forEach(pair -> all.put(pair.path(0).asText(), pair.path(1).asText()));
        return all;
    }

    private static boolean isShort(String id) {
        return !id.isEmpty() && id.length() <= MAX_ID;
    }

    private static void apply(Map<String, JsonNode> rows, JsonNode updates) {
        updates.properties().forEach(update -> {
            JsonNode now = update.getValue().path("new");
            if (now.isObject()) {
                rows.put(update.getKey(), now);
            } else {
                rows.remove(update.getKey());
            }
        });
        if (rows.size() > MAX_ROWS) {
            throw new HostileAnswer("A table has more than %d rows.".formatted(MAX_ROWS));
        }
    }

    /** Reads an optional value: a plain value, or {@code ["set",[]]} where it is absent (RFC 7047 §5.1). */
    private static @Nullable String scalar(JsonNode value) {
        if (value.isTextual()) {
            return value.asText();
        }
        JsonNode first = value.path(1).path(0);
        return first.isTextual() ? first.asText() : null;
    }

    /** Returns the value of a key in {@code ["map",[[key,value],…]]}; null: the map has no such key. */
    static @Nullable String inMap(JsonNode map, String key) {
        for (JsonNode pair : map.path(1)) {
            if (pair.path(0).asText().equals(key)) {
                return pair.path(1).asText();
            }
        }
        return null;
    }
}
