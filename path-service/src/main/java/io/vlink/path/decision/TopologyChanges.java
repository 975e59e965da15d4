package io.vlink.path.decision;

import io.vlink.events.DatapathId;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.path.allocation.Shares;
import io.vlink.path.decision.Footprint.DeclaredPort;
import io.vlink.path.topology.LinkChange;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.Topology;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes of nodes, links, link states and ports to the topology, and puts only the networks concerned on the agenda.
 * Makes no decisions.
 */
final class TopologyChanges {

    private final Topology topology;
    private final PortTable ports;
    private final NetworkIndex index;
    private final WaitingNetworks waiting;
    private final Agenda agenda;
    private final Latencies latencies;
    private final Shares shares;
    private final OverlayLedger ledger;

    TopologyChanges(
            Topology topology,
            PortTable ports,
            NetworkIndex index,
            WaitingNetworks waiting,
            Agenda agenda,
            Latencies latencies,
            Shares shares,
            OverlayLedger ledger) {
        this.topology = topology;
        this.ports = ports;
        this.index = index;
        this.waiting = waiting;
        this.agenda = agenda;
        this.latencies = latencies;
        this.shares = shares;
        this.ledger = ledger;
    }

    void node(String name, @Nullable Node node) {
        Node before = topology.node(name);
        if (node == null ? topology.removeNode(name) : topology.put(node)) {
            Set<String> nodes = new LinkedHashSet<>(Set.of(name));
            nodes.addAll(sharingSwitch(before));
            nodes.addAll(sharingSwitch(topology.node(name)));
            nodes.forEach(waiting::nodeChanged);
            index.on(name).forEach(agenda::retry);
            shares.changed();
        }
    }

    /** Returns the nodes that have the same switch, and so the same ports. */
    private Collection<String> sharingSwitch(@Nullable Node node) {
        return node == null ? List.of() : topology.nodesOf(node.spec().datapathId());
    }

    /** Notes that this switch may belong to another overlay than before. */
    void ownerChanged(DatapathId datapathId) {
        for (String node : topology.nodesOf(datapathId)) {
            waiting.nodeChanged(node);
            for (NetworkState network : index.on(node)) {
                if (waiting.contains(network)) {
                    agenda.retry(network);
                }
            }
        }
    }

    void link(String name, @Nullable Link link) {
        Link before = topology.lastKnownLink(name);
        if (link == null ? topology.removeLink(name) : topology.put(link)) {
            linkChanged(name);
            if (before != null) {
                waiting.helps(before);
            }
            Link opposite = link == null ? null : topology.opposite(link);
            if (opposite != null) {
                // It may be mirrored differently now.
                waiting.linkChanged(opposite.id().name());
            }
            ledger.declaredOtherwise(before);
            ledger.declaredOtherwise(link);
            portsChanged(topology.portsOf(before));
            portsChanged(topology.portsOf(link));
        }
    }

    /**
     * Takes in the state of a link, reported at {@code at}.
     *
     * @param loading whether earlier states may have been missed
     */
    void linkState(String name, @Nullable LinkState state, Instant at, boolean loading) {
        LinkChange change = state == null ? topology.removeLinkState(name) : topology.put(state, at, loading);
        if (change.outage()) {
            linkChanged(name);
        } else if (change.latency()) {
            latencies.changed(name);
        }
        latencies.heard(name, loading);
    }

    /** Notes a change of the port table at this port: these locators may mean another port, or the port has another state. */
    void ports(SwitchPort port, Set<String> locators) {
        DatapathId datapathId = port.datapathId();
        for (String node : topology.nodesOf(datapathId)) {
            for (String locator : locators) {
                topology.linksAt(node, locator).forEach(this::linkChanged);
                index.attachedAt(new DeclaredPort(node, locator)).forEach(agenda::touch);
            }
        }
        index.displacedOn(datapathId).forEach(agenda::touch);
        shares.changed(datapathId);
        portChanged(port);
    }

    private void linkChanged(String link) {
        waiting.linkChanged(link);
        Link now = topology.link(link);
        if (now != null) {
            waiting.helps(now);
        }
        index.crossing(link).forEach(agenda::retry);
    }

    private void portsChanged(List<SwitchPort> ofLink) {
        ofLink.forEach(this::portChanged);
        shares.changed(ofLink);
    }

    private void portChanged(SwitchPort port) {
        for (String node : topology.nodesOf(port.datapathId())) {
            ports.locators(port).forEach(locator -> index.attachedAt(new DeclaredPort(node, locator))
                    .forEach(agenda::touch));
        }
        index.claiming(port).forEach(agenda::touch);
        index.attachedAt(port).forEach(agenda::touch);
    }
}
