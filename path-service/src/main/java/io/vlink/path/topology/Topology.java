package io.vlink.path.topology;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The nodes and links of one overlay and their states. Late records of an old generation or epoch change nothing. */
public final class Topology {

    private final PortTable ports;
    private final Duration latencyWindow;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<DatapathId, SortedSet<String>> nodesBySwitch = new HashMap<>();
    private final Map<String, Link> links = new HashMap<>();
    private final LinkIndex index = new LinkIndex();
    private final Map<String, LinkState> states = new HashMap<>();
    private final Map<String, LatencyWindow> latencies = new HashMap<>();
    private long changes;

    public Topology(PortTable ports, Duration latencyWindow) {
        this.ports = ports;
        this.latencyWindow = latencyWindow;
    }

    /** Takes in a node; false: nothing is new. */
    public boolean put(Node node) {
        Node held = nodes.get(node.id().name());
        if (held != null && (held.generation() > node.generation() || held.equals(node))) {
            return false;
        }
        replace(node.id().name(), held, node);
        return true;
    }

    public boolean removeNode(String name) {
        Node held = nodes.get(name);
        if (held == null) {
            return false;
        }
        replace(name, held, null);
        return true;
    }

    /** Takes in a link; false: nothing is new. */
    public boolean put(Link link) {
        Link held = links.get(link.id().name());
        if (held != null && (held.generation() > link.generation() || held.equals(link))) {
            return false;
        }
        links.put(link.id().name(), link);
        index.replace(held, link);
        changes++;
        return true;
    }

    public boolean removeLink(String name) {
        Link held = links.remove(name);
        index.replace(held, null);
        changes++;
        return held != null;
    }

    /**
     * Takes in the state of a link.
     *
     * @param at when it was reported
     * @param loading whether earlier measurements may have been missed
     * @return the changes
     */
    public LinkChange put(LinkState state, Instant at, boolean loading) {
        String name = state.id().name();
        LinkState held = states.get(name);
        if (held != null && held.epoch() > state.epoch()) {
            return LinkChange.NOTHING;
        }
        List<Outage> outagesBefore = outages(name);
        Long before = measured(name);
        states.put(name, state);
        if (state.latencyNanos() == null) {
            latencies.remove(name);
        } else {
            latencies
                    .computeIfAbsent(
                            name, n -> new LatencyWindow(latencyWindow, loading ? at.plus(latencyWindow) : Instant.MIN))
                    .add(state.latencyNanos(), at);
        }
        return new LinkChange(!outagesBefore.equals(outages(name)), !Objects.equals(before, measured(name)));
    }

    public LinkChange removeLinkState(String name) {
        List<Outage> before = outages(name);
        boolean measured = latencies.remove(name) != null;
        states.remove(name);
        return new LinkChange(!before.equals(outages(name)), measured);
    }

    /** Drops measurements that have left the window; true: the smallest latency grew. */
    public boolean dropLatencies(String link, Instant now) {
        LatencyWindow window = latencies.get(link);
        if (window == null) {
            return false;
        }
        long before = window.smallest();
        window.drop(now);
        return window.smallest() != before;
    }

    /** Returns when {@link #dropLatencies} may have an effect; null: not before the next measurement. */
    public @Nullable Instant latencyChangesAt(String link) {
        LatencyWindow window = latencies.get(link);
        return window == null ? null : window.nextChange();
    }

    /** Returns until when smaller latencies within the window may be missing here. */
    public Instant latencyCompleteAt(String link) {
        LatencyWindow window = latencies.get(link);
        return window == null ? Instant.MIN : window.completeAt();
    }

    /** Returns a declared node that is not being removed; null: there is none. */
    public @Nullable Node node(String name) {
        Node node = nodes.get(name);
        return node == null || node.withdrawn() ? null : node;
    }

    /** Returns the names of the nodes of a switch; a sensible declaration has one. */
    public Collection<String> nodesOf(DatapathId datapathId) {
        SortedSet<String> names = nodesBySwitch.get(datapathId);
        return names == null ? List.of() : names;
    }

    /** Returns a declared link that is not being removed; null: there is none. */
    public @Nullable Link link(String name) {
        Link link = links.get(name);
        return link == null || link.withdrawn() ? null : link;
    }

    /** Returns a link as last declared, even if it is being removed. */
    public @Nullable Link lastKnownLink(String name) {
        return links.get(name);
    }

    public Collection<Link> linksTo(String node) {
        return index.to(node);
    }

    public Collection<Link> linksFrom(String node) {
        return index.from(node);
    }

    /** Returns the link between the same two ports in the other direction; null: none is declared. */
    public @Nullable Link opposite(Link link) {
        return index.opposite(link);
    }

    /** Returns all links between the same two ports in the other direction, without those being removed. */
    public Collection<Link> opposites(Link link) {
        return index.opposites(link);
    }

    /** Returns why the link is down; null: it is up. */
    public @Nullable Outage outage(String link) {
        Outage atReceiver = outageAtReceiver(link);
        return atReceiver == null ? outageAtSender(link) : atReceiver;
    }

    /** Returns all outages of the link, one for each end at most, beginning with that of {@link #outage}. */
    public List<Outage> outages(String link) {
        Outage receiver = outageAtReceiver(link);
        Outage sender = outageAtSender(link);
        if (receiver == null) {
            return sender == null ? List.of() : List.of(sender);
        }
        return sender == null ? List.of(receiver) : List.of(receiver, sender);
    }

    /** Returns the outage at the sender. The gateway that reports a link sees the receiving switch; another may serve the sender. */
    private @Nullable Outage outageAtSender(String name) {
        Link link = link(name);
        Node node = link == null ? null : node(link.spec().from().node());
        if (link == null || node == null || !ports.knows(node.spec().datapathId())) {
            return null; // nothing is known of that end, nor can rules be made for it
        }
        LinkEnd from = link.spec().from();
        DatapathId datapathId = node.spec().datapathId();
        PortNumber number = ports.find(datapathId, from.port());
        if (number == null) {
            return new Outage(
                    "PortUnknown",
                    "its sending end %s of %s is not there: %s"
                            .formatted(from.port(), from.node(), ports.whyUnknown(datapathId, from.port())),
                    null);
        }
        SwitchPort id = new SwitchPort(datapathId, number);
        Port port = ports.port(id);
        Hindrance hindrance = port == null ? null : port.cannotSend("node " + from.node());
        return hindrance == null ? null : new Outage(hindrance.reason(), hindrance.message(), ports.since(id));
    }

    private @Nullable Outage outageAtReceiver(String link) {
        LinkState state = states.get(link);
        if (state == null) {
            return Outage.NO_STATE;
        }
        if (state.up()) {
            return null;
        }
        return new Outage(
                Objects.requireNonNullElse(state.reason(), "Down"),
                Objects.requireNonNullElse(state.message(), "its gateway reports it down"),
                state.since());
    }

    /** Returns the smallest latency measured within the window, or the declared one if there is no measurement. */
    public long latencyNanos(Link link) {
        Long measured = measured(link.id().name());
        return measured == null ? link.spec().latencyNanos() : measured;
    }

    /** Returns the names of all known links, including those being removed, that use this locator of this node. */
    public Collection<String> linksAt(String node, String locator) {
        return index.at(node, locator);
    }

    /**
     * Returns the names of all known links, including those being removed, that begin or end at a port, by any of its
     * locators.
     */
    public Collection<String> linksAt(SwitchPort port) {
        Collection<String> found = new ArrayList<>();
        for (String node : nodesOf(port.datapathId())) {
            for (String locator : ports.locators(port)) {
                found.addAll(index.at(node, locator));
            }
        }
        return found;
    }

    /** Returns the switch ports of a link's two ends, as far as they are known. */
    public List<SwitchPort> portsOf(@Nullable Link link) {
        List<SwitchPort> found = new ArrayList<>();
        if (link != null) {
            for (LinkEnd end : List.of(link.spec().from(), link.spec().to())) {
                Node node = node(end.node());
                PortNumber number = node == null ? null : ports.find(node.spec().datapathId(), end.port());
                if (node != null && number != null) {
                    found.add(new SwitchPort(node.spec().datapathId(), number));
                }
            }
        }
        return found;
    }

    /** Returns the names of the links, without those being removed, that begin (or else end) at this locator of this node. */
    public Collection<String> linksAt(String node, String locator, boolean beginning) {
        return beginning ? index.beginningAt(node, locator) : index.endingAt(node, locator);
    }

    /** Counts changes of nodes and links; results derived from them are valid while the count is the same. */
    public long changes() {
        return changes;
    }

    private @Nullable Long measured(String link) {
        LatencyWindow window = latencies.get(link);
        return window == null ? null : window.smallest();
    }

    private void replace(String name, @Nullable Node before, @Nullable Node after) {
        changes++;
        if (before != null) {
            SortedSet<String> names = nodesBySwitch.get(before.spec().datapathId());
            if (names != null && names.remove(name) && names.isEmpty()) {
                nodesBySwitch.remove(before.spec().datapathId());
            }
        }
        if (after == null) {
            nodes.remove(name);
        } else {
            nodes.put(name, after);
            nodesBySwitch
                    .computeIfAbsent(after.spec().datapathId(), id -> new TreeSet<>())
                    .add(name);
        }
    }
}
