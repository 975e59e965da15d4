package io.vlink.audit.comparison;

import io.vlink.audit.isolation.Cables;
import io.vlink.audit.recorded.RecordedState;
import io.vlink.events.DatapathId;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.nodes.Node;
import io.vlink.events.switches.Port;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ports of the declared links. */
public final class Topology {

    private final Map<String, DatapathId> switches = new HashMap<>();
    private final Map<DatapathId, String> nodes = new HashMap<>();
    private final Map<DatapathId, Map<String, SwitchPort>> ports = new HashMap<>();
    private final RecordedState recorded;

    public Topology(RecordedState recorded) {
        this.recorded = recorded;
        for (Node node : recorded.nodes().values()) {
            if (!node.withdrawn()) {
                switches.put(node.id().toString(), node.spec().datapathId());
                nodes.put(node.spec().datapathId(), node.id().name());
            }
        }
        for (Port port : recorded.ports().values()) {
            if (port.present()) {
                ports.computeIfAbsent(port.id().datapathId(), first -> new HashMap<>())
                        .put(port.name(), port.id());
            }
        }
    }

    /** Returns the names of nodes by their switch. */
    public Map<DatapathId, String> nodes() {
        return nodes;
    }

    /** Returns the port of a link's end; null: no port has that name now. */
    @Nullable SwitchPort port(String overlay, LinkEnd end) {
        DatapathId id = switches.get(overlay + "/" + end.node());
        if (id == null) {
            return null;
        }
        return end.port().isNumber()
                ? new SwitchPort(id, end.port().number())
                : ports.getOrDefault(id, Map.of()).get(end.port().text());
    }

    /** Returns the declared cables whose ports are known. */
    public Cables cables() {
        Cables cables = new Cables();
        for (Link link : recorded.links().values()) {
            SwitchPort from = port(link.id().overlay(), link.spec().from());
            SwitchPort to = port(link.id().overlay(), link.spec().to());
            if (!link.withdrawn() && from != null && to != null) {
                cables.link(from, to, link.spec().kind() == LinkKind.VXLAN);
            }
        }
        return cables;
    }
}
