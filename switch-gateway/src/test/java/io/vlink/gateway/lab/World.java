package io.vlink.gateway.lab;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Table;
import io.vlink.fixtures.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker, a switch process and gateways, and the records that other services would write. */
public final class World implements AutoCloseable {

    static {
        // Deadlines only end a test that fails. A busy machine needs more than Awaitility's 10 s.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    private final TestBroker broker = new TestBroker();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AtomicLong steps = new AtomicLong();

    /** The directory of Kafka's data. */
    public Path kafka() {
        return broker.directory();
    }

    public void stopKafka() {
        broker.stop();
    }

    /** Starts Kafka at the same port with the data of a directory, which may be new. */
    public void startKafka(Path on) {
        broker.startOn(on);
    }

    /** Copies the data of a stopped Kafka. */
    public static void copy(Path from, Path to) {
        Command.run(Map.of(), List.of("cp", "-a", from.toString(), to.toString()));
    }

    /** Returns an admin client, for manual actions of an operator. */
    public Admin admin() {
        return keep(Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers())));
    }

    public GatewayProcess gateway(int port, String... properties) {
        return keep(GatewayProcess.start(broker.bootstrapServers(), port, properties));
    }

    /** Starts a gateway without waiting for it. */
    public GatewayProcess launch(int port, String... properties) {
        return keep(GatewayProcess.launch(broker.bootstrapServers(), port, properties));
    }

    public OpenVSwitch openVSwitch() {
        return keep(OpenVSwitch.start());
    }

    public Records records() {
        return keep(new Records(broker.bootstrapServers()).start());
    }

    private <T extends AutoCloseable> T keep(T opening) {
        opened.add(opening);
        return opening;
    }

    public static NetworkId network(String name) {
        return new NetworkId("default", "test", name);
    }

    public static PortNumber port(long number) {
        return PortNumber.of(number);
    }

    /** Returns an ingress rule: in at a port, metered, tagged, out at another. */
    public static Rule ingress(long circuit, long in, int meter, int vlan, long out) {
        return new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, circuit, Direction.FORWARD),
                100,
                new Match.AtPort(port(in), null),
                List.of(
                        new Action.ApplyMeter(meter),
                        new Action.PushLabel(new Label(Label.LabelKind.VLAN, vlan)),
                        new Action.Output(port(out))),
                Table.FORWARDING);
    }

    /** Returns an egress rule: in with a tag at a port, out untagged at another. */
    public static Rule egress(long circuit, long in, int vlan, long out) {
        return new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, circuit, Direction.REVERSE),
                200,
                new Match.AtPort(port(in), new Label(Label.LabelKind.VLAN, vlan)),
                List.of(new Action.PopLabel(), new Action.Output(port(out))),
                Table.FORWARDING);
    }

    /** Returns a rule set with the next revision. */
    public RuleSet rules(DatapathId id, String network, List<Meter> meters, List<Rule> rules) {
        return new RuleSet(id, network(network), new Revision(1, steps.incrementAndGet(), 2), meters, List.of(), rules);
    }

    /** Returns the shared rule set of the links that begin at a port: their meter, with a rate in kbit/s and a burst in kbit. */
    public RuleSet links(DatapathId id, long port, Meter... meter) {
        return new RuleSet(
                id,
                new LinkPort("default", port(port)),
                new Revision(1, steps.incrementAndGet(), 0),
                List.of(meter),
                List.of(),
                List.of());
    }

    /** Returns a rule set of any owner, with groups and the next revision. */
    public RuleSet grouped(DatapathId id, Owner owner, List<Group> groups, List<Rule> rules) {
        return new RuleSet(id, owner, new Revision(1, steps.incrementAndGet(), 2), List.of(), groups, rules);
    }

    /** Returns the usual rule set: one meter, in at port 1, out at port 2, and back. */
    public RuleSet sample(DatapathId id, String network, int circuit) {
        return rules(
                id,
                network,
                List.of(new Meter(circuit, 20_000, 400)),
                List.of(
                        ingress(circuit, 100L + circuit, circuit, circuit, 2),
                        egress(circuit, 2, circuit, 100L + circuit)));
    }

    public static void awaitApplied(Records records, RuleSet set) {
        records.await(
                Topic.RULE_STATES,
                set.owner() + "/" + set.datapathId(),
                RuleState.class,
                state -> state.applied() && state.revision().equals(set.revision()));
    }

    public static RuleState awaitError(Records records, RuleSet set) {
        return records.await(
                Topic.RULE_STATES,
                set.owner() + "/" + set.datapathId(),
                RuleState.class,
                state -> !state.applied() && state.revision().equals(set.revision()));
    }

    public static Node node(String name, DatapathId id, @Nullable String ovsdb) {
        return new Node(new ResourceId("default", name), 1, false, Instant.EPOCH, new NodeSpec(id, null, ovsdb, false));
    }

    /** Returns a node with a tunnel address. */
    public static Node node(String name, DatapathId id, @Nullable String ovsdb, String tunnelAddress) {
        return new Node(
                new ResourceId("default", name),
                1,
                false,
                Instant.EPOCH,
                new NodeSpec(id, tunnelAddress, ovsdb, false));
    }

    public static Node withdrawn(Node node) {
        return new Node(node.id(), node.generation() + 1, true, node.createdAt(), node.spec());
    }

    public static void put(Records records, Node node) {
        records.put(Topic.NODES, node.id().overlay(), node.id().toString(), node);
        if (node.withdrawn()) { // as if nothing used it
            records.put(Topic.NODES, node.id().overlay(), node.id().toString(), null);
        }
    }

    public static Link link(String name, String fromNode, String fromPort, String toNode, String toPort) {
        return link(name, fromNode, fromPort, toNode, toPort, LinkKind.PLAIN);
    }

    public static Link withdrawn(Link link) {
        return new Link(link.id(), link.generation() + 1, true, link.createdAt(), link.spec());
    }

    /** Returns one direction of a link of a kind. */
    public static Link link(
            String name, String fromNode, String fromPort, String toNode, String toPort, LinkKind kind) {
        LinkSpec spec = new LinkSpec(
                new LinkEnd(fromNode, new PortLocator(fromPort)),
                new LinkEnd(toNode, new PortLocator(toPort)),
                1_000_000_000,
                100_000,
                kind,
                false);
        return new Link(new ResourceId("default", name), 1, false, Instant.EPOCH, spec);
    }

    public static void put(Records records, Link link) {
        records.put(Topic.LINKS, link.id().overlay(), link.id().toString(), link);
        if (link.withdrawn()) { // as if nothing used it
            records.put(Topic.LINKS, link.id().overlay(), link.id().toString(), null);
        }
    }

    @Override
    public void close() {
        for (AutoCloseable one : opened.reversed()) {
            try {
                one.close();
            } catch (Exception e) { // AutoCloseable declares Exception
                throw new IllegalStateException(e);
            }
        }
        broker.close();
    }
}
