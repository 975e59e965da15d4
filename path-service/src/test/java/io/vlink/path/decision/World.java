package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.AttachmentId;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.dryruns.DryRunRequest;
import io.vlink.events.dryruns.DryRunResult;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Remark;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import io.vlink.path.allocation.Share;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.SwitchOwners;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An overlay with its whole environment: tests declare, report and confirm as users and services do, and check the
 * decisions. Nodes are letters; the link {@code ac} leads from port {@code to-c} of node-a to port {@code to-a} of node-c.
 * It keeps the last record of each key, as Kafka does, for restarts at any time.
 */
final class World {

    static final PathSettings SETTINGS =
            new PathSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(60), 0);
    static final long GIGABIT = 1_000_000_000L;

    private PortTable ports = new PortTable();
    private final SwitchOwners owners = new SwitchOwners();
    private final PathSettings settings;
    private OverlayDecider overlay;
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private long evidence;
    private final Set<String> silent = new HashSet<>();

    final Map<String, Node> nodes = new LinkedHashMap<>();
    final Map<String, Link> links = new LinkedHashMap<>();
    final Map<String, LinkState> states = new LinkedHashMap<>();
    final Map<String, Instant> reportedAt = new LinkedHashMap<>();
    final Map<SwitchPort, Port> switchPorts = new LinkedHashMap<>();
    private final Map<SwitchPort, Instant> heardAt = new LinkedHashMap<>();
    final Map<String, Network> networks = new LinkedHashMap<>();
    final Map<AttachmentId, Attachment> attachments = new LinkedHashMap<>();
    final Map<String, RemovedCircuits> statuses = new LinkedHashMap<>();
    final Map<String, PathDecision> decisions = new LinkedHashMap<>();
    final Map<Long, QuarantinedCircuit> resting = new LinkedHashMap<>();
    /** Quarantines that are over; their records stay a while. */
    private final Map<Long, QuarantinedCircuit> rested = new LinkedHashMap<>();

    /** The shares of best effort in Kafka. */
    final Map<SwitchPort, Share> shares = new LinkedHashMap<>();

    private Instant tidied = now;
    final Map<String, Long> generations = new LinkedHashMap<>();

    World() {
        this(SETTINGS);
    }

    World(PathSettings settings) {
        this.settings = settings;
        this.overlay = new OverlayDecider(ports, owners, settings);
        overlay.tellShares(true);
        assertThat(overlay.loaded()).isEmpty();
    }

    /** Returns the five nodes of the guide with the cables a-b, a-c, b-d, c-d and d-e, each of 1 Gbit/s and 0.2 ms, up in both directions. */
    static World ofTheGuide() {
        return ofTheGuide(SETTINGS);
    }

    static World ofTheGuide(PathSettings settings) {
        World world = new World(settings);
        for (String cable : List.of("ab", "ac", "bd", "cd", "de")) {
            world.cable(cable);
        }
        return world;
    }

    // ---- actions of users and gateways

    /** Declares a link in each direction between two nodes, reports both up, and declares the nodes if they are new. */
    World cable(String ends) {
        return cable(ends, spec -> spec);
    }

    World cable(String ends, UnaryOperator<LinkSpec> with) {
        link(ends, with);
        link(new StringBuilder(ends).reverse().toString(), with);
        return this;
    }

    World link(String ends, UnaryOperator<LinkSpec> with) {
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

    World link(String name, LinkSpec spec) {
        for (LinkEnd end : List.of(spec.from(), spec.to())) {
            if (!end.port().isNumber()) {
                port(end.node(), end.port().text());
            }
        }
        declareLink(name, spec, false);
        return states.containsKey(name) || silent.contains(name) ? this : up(name);
    }

    /** Keeps this link from being reported up when it is declared. */
    World silence(String link) {
        silent.add(link);
        return this;
    }

    World editLink(String name, UnaryOperator<LinkSpec> edit) {
        return declareLink(
                name, edit.apply(Objects.requireNonNull(links.get(name)).spec()), false);
    }

    /** Sets the capacity of a link in bit/s. */
    static UnaryOperator<LinkSpec> capacity(long bits) {
        return spec -> new LinkSpec(spec.from(), spec.to(), bits, spec.latencyNanos(), spec.kind(), spec.maintenance());
    }

    /** Sets the floor of best effort of a link in bit/s. */
    static UnaryOperator<LinkSpec> floor(long bits) {
        return spec -> new LinkSpec(
                spec.from(),
                spec.to(),
                spec.capacityBits(),
                spec.latencyNanos(),
                spec.kind(),
                spec.maintenance(),
                bits);
    }

    static UnaryOperator<LinkSpec> latency(long nanos) {
        return spec ->
                new LinkSpec(spec.from(), spec.to(), spec.capacityBits(), nanos, spec.kind(), spec.maintenance());
    }

    static UnaryOperator<LinkSpec> kind(LinkKind kind) {
        return spec -> new LinkSpec(
                spec.from(), spec.to(), spec.capacityBits(), spec.latencyNanos(), kind, spec.maintenance());
    }

    static UnaryOperator<LinkSpec> maintenance(boolean maintenance) {
        return spec -> new LinkSpec(
                spec.from(), spec.to(), spec.capacityBits(), spec.latencyNanos(), spec.kind(), maintenance);
    }

    static UnaryOperator<NodeSpec> nodeMaintenance(boolean maintenance) {
        return spec -> new NodeSpec(spec.datapathId(), spec.tunnelAddress(), spec.ovsdb(), maintenance);
    }

    World withdrawLink(String name) {
        return declareLink(name, Objects.requireNonNull(links.get(name)).spec(), true);
    }

    World deleteLink(String name) {
        links.remove(name);
        overlay.link(name, null);
        return this;
    }

    private World declareLink(String name, LinkSpec spec, boolean withdrawn) {
        Link link = new Link(new ResourceId("o", name), nextGeneration(name), withdrawn, now, spec);
        links.put(name, link);
        overlay.link(name, link);
        return this;
    }

    World up(String link) {
        return report(link, true, null, null);
    }

    World measured(String link, long nanos) {
        return report(link, true, null, nanos);
    }

    World down(String link) {
        return report(link, false, "PortDown", null);
    }

    private World report(String link, boolean up, @Nullable String reason, @Nullable Long nanos) {
        LinkState state = new LinkState(
                new ResourceId("o", link), 1, up, reason, reason == null ? null : "its port is down", now, nanos);
        states.put(link, state);
        reportedAt.put(link, now);
        overlay.linkState(link, state, now);
        return this;
    }

    /** Declares a node, if it is new; returns its name. */
    String node(String letter) {
        String name = "node-" + letter;
        if (!nodes.containsKey(name)) {
            declareNode(name, new NodeSpec(switchOf(name), null, null, false), false);
        }
        return name;
    }

    World editNode(String name, UnaryOperator<NodeSpec> edit) {
        return declareNode(
                name, edit.apply(Objects.requireNonNull(nodes.get(name)).spec()), false);
    }

    World withdrawNode(String name) {
        return declareNode(name, Objects.requireNonNull(nodes.get(name)).spec(), true);
    }

    private World declareNode(String name, NodeSpec spec, boolean withdrawn) {
        Node node = new Node(new ResourceId("o", name), nextGeneration(name), withdrawn, now, spec);
        nodes.put(name, node);
        owners.put(node.id(), node);
        overlay.node(name, node);
        return this;
    }

    static DatapathId switchOf(String node) {
        return new DatapathId(node.charAt(node.length() - 1) - 'a' + 10L);
    }

    /** Declares or removes a node of another overlay. */
    World foreignNode(String letter, Instant createdAt, boolean declared) {
        ResourceId id = new ResourceId("other", "their-" + letter);
        Node node = new Node(id, 1, false, createdAt, new NodeSpec(switchOf("node-" + letter), null, null, false));
        if (owners.put(id, declared ? node : null)) {
            overlay.switchesChanged();
        }
        return this;
    }

    /** Creates a port of this name on the node's switch, if there is none; returns its number. */
    PortNumber port(String node, String name) {
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
    World mtu(String node, String name, @Nullable Integer mtu) {
        return port(node, port(node, name).value(), name, true, mtu);
    }

    World port(String node, long number, String name, boolean present) {
        return port(node, number, name, present, null);
    }

    private World port(String node, long number, String name, boolean present, @Nullable Integer mtu) {
        return port(switchOf(node), number, name, present, true, mtu);
    }

    World port(DatapathId datapathId, long number, String name, boolean present, boolean up, @Nullable Integer mtu) {
        return tell(new Port(
                new SwitchPort(datapathId, new PortNumber(number)), 1, present, name, "02:00:00:00:00:01", up, 0, mtu));
    }

    /** Gives the port of this name another number, as Open vSwitch does to running ports. */
    World renumber(String node, String name, long number) {
        return port(node, port(node, name).value(), name, false).port(node, number, name, true);
    }

    /** Reports a port up or down. */
    World portUp(String node, String name, boolean up) {
        SwitchPort id = new SwitchPort(switchOf(node), port(node, name));
        return tell(new Port(id, 1, true, name, "02:00:00:00:00:01", up, 0, null));
    }

    /** Reports the hindrances of a port that is up. */
    World hindered(String node, String name, @Nullable Hindrance sending, @Nullable Hindrance receiving) {
        SwitchPort id = new SwitchPort(switchOf(node), port(node, name));
        return tell(new Port(id, 1, true, name, "02:00:00:00:00:01", true, 0, null, null, sending, receiving));
    }

    private World tell(Port port) {
        SwitchPort id = port.id();
        switchPorts.put(id, port);
        heardAt.put(id, now);
        Set<String> locators = ports.put(port, now);
        if (!locators.isEmpty()) {
            overlay.ports(id, locators);
        }
        return this;
    }

    World declare(String name, VlinkRequest wish) {
        return declare(name, wish.spec());
    }

    World declare(String name, NetworkSpec spec) {
        return record(name, spec, false);
    }

    /** Takes in a record that was made elsewhere. */
    World take(Network network) {
        networks.put(network.id().name(), network);
        overlay.network(network.id(), network);
        return this;
    }

    World take(Attachment attachment) {
        attachments.put(attachment.id(), attachment);
        overlay.attachment(attachment.id(), attachment);
        return this;
    }

    World withdraw(String name) {
        return record(name, Objects.requireNonNull(networks.get(name)).spec(), true);
    }

    private World record(String name, NetworkSpec spec, boolean withdrawn) {
        Network before = networks.get(name);
        Instant createdAt = before == null || (before.withdrawn() && !withdrawn) ? now : before.createdAt();
        Network network = new Network(id(name), nextGeneration(name), withdrawn, createdAt, spec);
        networks.put(name, network);
        overlay.network(network.id(), network);
        return this;
    }

    /** Deletes the record of a network, as network-api does once the switches hold nothing of a removed network. */
    World deleteRecord(String name) {
        networks.remove(name);
        overlay.network(id(name), null);
        return this;
    }

    /** Attaches a workload at a port; creates the port if it is missing. */
    World attach(String network, String attachment, String node, String port) {
        if (!PortLocator.of(port).isNumber()) {
            port(node, port);
        }
        return attachTo(network, attachment, node, port);
    }

    /** Attaches a workload at a port that may be missing. */
    World attachTo(String network, String attachment, String node, String port) {
        return attach(network, attachment, new AttachmentSpec(node, PortLocator.of(port), List.of()), false);
    }

    World detach(String network, String attachment) {
        AttachmentSpec spec = Objects.requireNonNull(attachments.get(new AttachmentId(id(network), attachment)))
                .spec();
        return attach(network, attachment, spec, true);
    }

    private World attach(String network, String name, AttachmentSpec spec, boolean withdrawn) {
        AttachmentId id = new AttachmentId(id(network), name);
        Attachment before = attachments.get(id);
        Instant createdAt = before == null || before.withdrawn() ? now : before.createdAt();
        Attachment attachment = new Attachment(id, nextGeneration(id.toString()), withdrawn, createdAt, spec);
        attachments.put(id, attachment);
        overlay.attachment(id, attachment);
        return this;
    }

    /** Confirms, as flow-service does, that every switch removed all retiring circuits. */
    World confirmRemoved(String network) {
        PathDecision decision = decision(network);
        return confirmRemoved(
                network,
                decision.revision(),
                decision.retiring().stream()
                        .map(leaving -> leaving.circuit().number())
                        .toList());
    }

    World confirmRemoved(String network, Revision revision, List<Long> circuits) {
        RemovedCircuits status = status(network, revision, circuits);
        RemovedCircuits known = statuses.get(network);
        if (known == null || !status.isOlderThan(known)) {
            statuses.put(network, status);
        }
        overlay.removed(status);
        return this;
    }

    RemovedCircuits status(String network, Revision revision, List<Long> circuits) {
        return new RemovedCircuits(id(network), revision, ++evidence, circuits);
    }

    World pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    // ---- results

    /** Decides, and stores the decisions. */
    Decisions act() {
        Decisions made = overlay.act(now);
        made.unshared().forEach(shares::remove);
        made.shares().forEach(share -> shares.put(share.port(), share));
        made.made().forEach(decision -> decisions.put(decision.id().name(), decision));
        made.over().forEach(id -> decisions.remove(id.name()));
        if (!now.isBefore(tidied.plusSeconds(1))) {
            tidied = now;
            rested.clear();
        }
        for (QuarantinedCircuit rest : made.rested()) {
            resting.remove(rest.circuit().number());
            rested.put(rest.circuit().number(), rest);
        }
        for (QuarantinedCircuit rest : made.rests()) {
            resting.put(rest.circuit().number(), rest);
            rested.remove(rest.circuit().number());
        }
        return made;
    }

    /** Decides, and returns the last decision about a network. */
    PathDecision decide(String network) {
        act();
        return decision(network);
    }

    /** Returns the result of a dry run of this declaration. */
    DryRunResult forecast(String network, VlinkRequest wish) {
        return overlay.forecast(new DryRunRequest.AboutNetwork("r", id(network), wish.spec(), now.plusSeconds(5)), now);
    }

    /** Returns the result of a dry run of this attachment, at a port that the switch has. */
    DryRunResult forecastAttaching(String network, String attachment, String node, String port) {
        port(node, port);
        AttachmentSpec spec = new AttachmentSpec(node, PortLocator.of(port), List.of());
        return overlay.forecast(
                new DryRunRequest.AboutAttachment(
                        "r", new AttachmentId(id(network), attachment), spec, now.plusSeconds(5)),
                now);
    }

    PathDecision decision(String network) {
        return Objects.requireNonNull(decisions.get(network), () -> "Nothing was decided about " + network);
    }

    /** Decides, and returns the circuit of a network that must have been admitted. */
    Circuit admitted(String network) {
        PathDecision decision = decide(network);
        assertThat(decision.violations()).isEmpty();
        assertThat(decision.outcome()).isEqualTo(Outcome.ADMITTED);
        return Objects.requireNonNull(decision.current());
    }

    /** Returns messages without their times, which each must have. */
    static <T extends Remark<T>> List<T> bare(List<T> told) {
        return told.stream()
                .map(one -> one.is(RefusalReason.MORE_VIOLATIONS)
                        ? one
                        : one.worded(bare(one.message(), one.since()), null))
                .toList();
    }

    static AttachmentState bare(AttachmentState told) {
        return told.message() == null
                ? told
                : new AttachmentState(
                        told.attachment(),
                        told.node(),
                        told.holds(),
                        told.reason(),
                        bare(told.message(), told.since()),
                        told.cut());
    }

    private static String bare(String message, @Nullable Instant since) {
        assertThat(since).as(message).isNotNull();
        String end = "since %s).".formatted(Objects.requireNonNull(since).truncatedTo(ChronoUnit.SECONDS));
        assertThat(message).endsWith(end);
        return message.substring(0, message.lastIndexOf(" (")) + ".";
    }

    boolean isIdle() {
        return overlay.isIdle();
    }

    Instant now() {
        return now;
    }

    /** Restarts from the records in Kafka, and returns the decisions that follow. */
    Decisions restart() {
        ports = new PortTable();
        switchPorts.forEach((id, port) -> ports.put(port, Objects.requireNonNull(heardAt.get(id))));
        overlay = new OverlayDecider(ports, owners, settings);
        overlay.tellShares(true);
        decisions.forEach((name, decision) -> overlay.restore(id(name), decision));
        rested.forEach(overlay::restore);
        resting.forEach(overlay::restore);
        attachments.forEach(overlay::attachment);
        networks.forEach((name, network) -> overlay.network(id(name), network));
        states.forEach((name, state) -> overlay.linkState(name, state, Objects.requireNonNull(reportedAt.get(name))));
        links.forEach(overlay::link);
        nodes.forEach(overlay::node);
        assertThat(overlay.loaded()).isEmpty();
        statuses.values().forEach(status -> {
            if (overlay.awaitsRemoval(status.id())) {
                overlay.removed(status);
            }
        });
        Decisions made = act();
        // Strays are found some time later.
        shares.keySet().removeIf(port -> !overlay.isShared(port));
        return made;
    }

    static NetworkId id(String network) {
        return new NetworkId("o", "ns", network);
    }

    private long nextGeneration(String key) {
        return generations.merge(key, 1L, Long::sum);
    }
}
