package io.vlink.path.sample;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import io.vlink.path.decision.OverlayDecider;
import io.vlink.path.decision.PathSettings;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.SwitchOwners;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The nodes, links, switches and ports of a {@link World}, with the last record of each.
 *
 * @param <W> the world, which all actions return
 */
public abstract class Infrastructure<W extends Infrastructure<W>> {

    public static final long GIGABIT = 1_000_000_000L;

    PortTable ports = new PortTable();
    final SwitchOwners owners = new SwitchOwners();
    OverlayDecider overlay;
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final Set<String> silent = new HashSet<>();

    public final Map<String, Node> nodes = new LinkedHashMap<>();
    public final Map<String, Link> links = new LinkedHashMap<>();
    public final Map<String, LinkState> states = new LinkedHashMap<>();
    final Map<String, Instant> reportedAt = new LinkedHashMap<>();
    public final Map<SwitchPort, Port> switchPorts = new LinkedHashMap<>();
    final Map<SwitchPort, Instant> heardAt = new LinkedHashMap<>();
    final Map<String, Long> generations = new LinkedHashMap<>();

    Infrastructure(PathSettings settings) {
        overlay = new OverlayDecider(ports, owners, settings);
    }

    abstract W self();

    /** Declares a link in each direction between two nodes, reports both up, and declares the nodes if they are new. */
    public W cable(String ends) {
        return cable(ends, spec -> spec);
    }

    public W cable(String ends, UnaryOperator<LinkSpec> with) {
        link(ends, with);
        link(new StringBuilder(ends).reverse().toString(), with);
        return self();
    }

    public W link(String ends, UnaryOperator<LinkSpec> with) {
        String from = ends.substring(0, 1);
        String to = ends.substring(1);
        return link(
                "link-" + ends,
                with.apply(new LinkSpec(
                        new LinkEnd(node(from), PortLocator.of("to-" + to)),
                        new LinkEnd(node(to), PortLocator.of("to-" + from)),
                        GIGABIT,
                        200_000,
                        LinkKind.PLAIN,
                        false)));
    }

    public W link(String name, LinkSpec spec) {
        for (LinkEnd end : List.of(spec.from(), spec.to())) {
            if (!end.port().isNumber()) {
                port(end.node(), end.port().text());
            }
        }
        declareLink(name, spec, false);
        return states.containsKey(name) || silent.contains(name) ? self() : up(name);
    }

    /** Keeps this link from being reported up when it is declared. */
    public W silence(String link) {
        silent.add(link);
        return self();
    }

    public W editLink(String name, UnaryOperator<LinkSpec> edit) {
        return declareLink(name, edit.apply(spec(name)), false);
    }

    /** Returns the last declaration of a link. */
    public LinkSpec spec(String link) {
        return Objects.requireNonNull(links.get(link)).spec();
    }

    public W withdrawLink(String name) {
        return declareLink(name, spec(name), true);
    }

    public W deleteLink(String name) {
        links.remove(name);
        overlay.link(name, null);
        return self();
    }

    private W declareLink(String name, LinkSpec spec, boolean withdrawn) {
        Link link = new Link(new ResourceId("o", name), nextGeneration(name), withdrawn, now, spec);
        links.put(name, link);
        overlay.link(name, link);
        return self();
    }

    public W up(String link) {
        return report(link, true, null, null);
    }

    public W measured(String link, long nanos) {
        return report(link, true, null, nanos);
    }

    public W down(String link) {
        return report(link, false, "PortDown", null);
    }

    private W report(String link, boolean up, @Nullable String reason, @Nullable Long nanos) {
        LinkState state = new LinkState(
                new ResourceId("o", link), 1, up, reason, reason == null ? null : "its port is down", now, nanos);
        states.put(link, state);
        reportedAt.put(link, now);
        overlay.linkState(link, state, now);
        return self();
    }

    /** Declares a node, if it is new; returns its name. */
    public String node(String letter) {
        String name = "node-" + letter;
        if (!nodes.containsKey(name)) {
            declareNode(name, new NodeSpec(switchOf(name), null, null, false), false);
        }
        return name;
    }

    public W editNode(String name, UnaryOperator<NodeSpec> edit) {
        return declareNode(
                name, edit.apply(Objects.requireNonNull(nodes.get(name)).spec()), false);
    }

    public W withdrawNode(String name) {
        return declareNode(name, Objects.requireNonNull(nodes.get(name)).spec(), true);
    }

    private W declareNode(String name, NodeSpec spec, boolean withdrawn) {
        Node node = new Node(new ResourceId("o", name), nextGeneration(name), withdrawn, now, spec);
        nodes.put(name, node);
        owners.put(node.id(), node);
        overlay.node(name, node);
        return self();
    }

    public static DatapathId switchOf(String node) {
        return new DatapathId(node.charAt(node.length() - 1) - 'a' + 10L);
    }

    /** Declares or removes a node of another overlay. */
    public W foreignNode(String letter, Instant createdAt, boolean declared) {
        ResourceId id = new ResourceId("other", "their-" + letter);
        Node node = new Node(id, 1, false, createdAt, new NodeSpec(switchOf("node-" + letter), null, null, false));
        owners.put(id, declared ? node : null).forEach(overlay::ownerChanged);
        return self();
    }

    /** Returns the port of a node toward another; nodes are letters. */
    public SwitchPort sender(String from, String to) {
        return new SwitchPort(switchOf("node-" + from), port("node-" + from, "to-" + to));
    }

    /** Creates a port of this name on the node's switch, if there is none; returns its number. */
    public PortNumber port(String node, String name) {
        DatapathId datapathId = switchOf(node);
        for (Port known : switchPorts.values()) {
            if (known.present()
                    && known.id().datapathId().equals(datapathId)
                    && known.name().equals(name)) {
                return known.id().port();
            }
        }
        long number = 1;
        while (switchPorts.containsKey(new SwitchPort(datapathId, new PortNumber(number)))) {
            number++;
        }
        port(node, number, name, true);
        return new PortNumber(number);
    }

    /** Reports the MTU of a port in bytes; null: unknown. */
    public W mtu(String node, String name, @Nullable Integer mtu) {
        return port(node, port(node, name).value(), name, true, mtu);
    }

    public W port(String node, long number, String name, boolean present) {
        return port(node, number, name, present, null);
    }

    private W port(String node, long number, String name, boolean present, @Nullable Integer mtu) {
        return port(switchOf(node), number, name, present, true, mtu);
    }

    public W port(DatapathId datapathId, long number, String name, boolean present, boolean up, @Nullable Integer mtu) {
        return tell(new Port(
                new SwitchPort(datapathId, new PortNumber(number)), 1, present, name, "02:00:00:00:00:01", up, 0, mtu));
    }

    /** Gives the port of this name another number, as Open vSwitch does to running ports. */
    public W renumber(String node, String name, long number) {
        return port(node, port(node, name).value(), name, false).port(node, number, name, true);
    }

    /** Reports a port up or down. */
    public W portUp(String node, String name, boolean up) {
        SwitchPort id = new SwitchPort(switchOf(node), port(node, name));
        return tell(new Port(id, 1, true, name, "02:00:00:00:00:01", up, 0, null));
    }

    /** Reports the hindrances of a port that is up. */
    public W hindered(String node, String name, @Nullable Hindrance sending, @Nullable Hindrance receiving) {
        SwitchPort id = new SwitchPort(switchOf(node), port(node, name));
        return tell(new Port(id, 1, true, name, "02:00:00:00:00:01", true, 0, null, null, sending, receiving));
    }

    private W tell(Port port) {
        SwitchPort id = port.id();
        switchPorts.put(id, port);
        heardAt.put(id, now);
        Set<String> locators = ports.put(port, now);
        if (!locators.isEmpty()) {
            overlay.ports(id, locators);
        }
        return self();
    }

    public Instant now() {
        return now;
    }

    final long nextGeneration(String key) {
        return generations.merge(key, 1L, Long::sum);
    }
}
