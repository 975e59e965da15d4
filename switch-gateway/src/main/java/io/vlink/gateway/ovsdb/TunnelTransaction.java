package io.vlink.gateway.ovsdb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.DatapathId;
import io.vlink.gateway.tunnels.FoundPort;
import io.vlink.gateway.tunnels.Tunnel;
import io.vlink.gateway.tunnels.TunnelPlan;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan as the parameters of one {@code transact} (RFC 7047 §4.1.3, §5.2). The transaction fails as a whole if the bridge,
 * or a port that it changes or removes, is no longer as it was read.
 */
final class TunnelTransaction {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ArrayNode operations = JSON.arrayNode().add("Open_vSwitch");
    private final String bridge;
    private int named;

    private TunnelTransaction(String bridge) {
        this.bridge = bridge;
    }

    static ArrayNode of(String bridge, DatapathId datapathId, TunnelPlan plan) {
        TunnelTransaction all = new TunnelTransaction(bridge);
        all.expect("Bridge", bridge, JSON.objectNode().put("datapath_id", datapathId.toString()));
        for (TunnelPlan.Change change : plan.changes()) {
            switch (change) {
                case TunnelPlan.Create create -> all.create(create.tunnel());
                case TunnelPlan.Amend amend -> all.amend(amend.port(), amend.tunnel());
                case TunnelPlan.Remove remove -> all.remove(remove.port());
            }
        }
        all.operation("comment").put("comment", "vlink: tunnels of " + datapathId);
        return all.operations;
    }

    /**
     * Makes Open vSwitch read its database again, as {@code ovs-vsctl} does, and so retry to create ports. Open vSwitch does
     * not retry by itself when the obstacle is gone (3.1, vswitchd/bridge.c).
     */
    static ArrayNode again() {
        ArrayNode operations = JSON.arrayNode().add("Open_vSwitch");
        ObjectNode mutate = operations.addObject().put("op", "mutate").put("table", "Open_vSwitch");
        mutate.putArray("where");
        mutate.putArray("mutations")
                .add(JSON.arrayNode().add("next_cfg").add("+=").add(1));
        return operations;
    }

    private void create(Tunnel tunnel) {
        named++;
        ObjectNode made = operation("insert").put("table", "Interface").put("uuid-name", "interface" + named);
        made.putObject("row").put("name", tunnel.port()).put("type", "vxlan").set("options", map(tunnel.options()));
        ObjectNode port = operation("insert").put("table", "Port").put("uuid-name", "port" + named);
        ObjectNode row = port.putObject("row").put("name", tunnel.port());
        row.set("interfaces", reference("named-uuid", "interface" + named));
        row.set("external_ids", map(tunnel.marks()));
        ports("insert", reference("named-uuid", "port" + named));
    }

    private void amend(FoundPort port, Tunnel tunnel) {
        expect("Port", port.id(), JSON.objectNode().set("external_ids", map(port.marks())));
        Map<String, String> marks = new TreeMap<>(port.marks());
        marks.putAll(tunnel.marks());
        if (!marks.equals(port.marks())) {
            update("Port", port.id(), JSON.objectNode().set("external_ids", map(marks)));
        }
        ObjectNode row = JSON.objectNode().put("type", "vxlan");
        row.set("options", map(tunnel.options()));
        update("Interface", port.interfaceId(), row);
    }

    private void remove(FoundPort port) {
        expect("Port", port.id(), JSON.objectNode().set("external_ids", map(port.marks())));
        ports("delete", reference("uuid", port.id()));
    }

    /** Requires a row to be as given; the transaction fails at once if it is not. */
    private void expect(String table, String id, ObjectNode row) {
        ObjectNode wait =
                operation("wait").put("table", table).put("timeout", 0).put("until", "==");
        wait.set("where", where(id));
        ArrayNode columns = wait.putArray("columns");
        row.fieldNames().forEachRemaining(columns::add);
        wait.putArray("rows").add(row);
    }

    private void update(String table, String id, ObjectNode row) {
        ObjectNode update = operation("update").put("table", table);
        update.set("where", where(id));
        update.set("row", row);
    }

    private void ports(String how, ArrayNode port) {
        ObjectNode mutate = operation("mutate").put("table", "Bridge");
        mutate.set("where", where(bridge));
        ArrayNode set = JSON.arrayNode().add("set").add(JSON.arrayNode().add(port));
        mutate.putArray("mutations").add(JSON.arrayNode().add("ports").add(how).add(set));
    }

    private ObjectNode operation(String name) {
        return operations.addObject().put("op", name);
    }

    private static ArrayNode where(String id) {
        return JSON.arrayNode().add(JSON.arrayNode().add("_uuid").add("==").add(reference("uuid", id)));
    }

    private static ArrayNode reference(String kind, String id) {
        return JSON.arrayNode().add(kind).add(id);
    }

    private static ArrayNode map(Map<String, String> entries) {
        ArrayNode pairs = JSON.arrayNode();
        new TreeMap<>(entries)
                .forEach((key, value) -> pairs.add(JSON.arrayNode().add(key).add(value)));
        return JSON.arrayNode().add("map").add(pairs);
    }
}
