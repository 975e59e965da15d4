package io.vlink.audit.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.differences.Difference.DifferenceType;
import io.vlink.audit.recorded.RecordedState;
import io.vlink.audit.tables.HandMade;
import io.vlink.audit.tables.SwitchTables;
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
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.paths.Route;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Table;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Network one from a/11 over the cable a/2 to b/1 to b/12, 20 Mbit/s each way: its records, and what its switches contain. */
final class TwoSwitches {

    static final NetworkId ONE = NetworkId.of("default/tenant-a/one");
    static final NetworkId TWO = NetworkId.of("default/tenant-b/two");
    /** The ports by which network two leaves over links. */
    static final LinkPort AT_A = LinkPort.of("default/2");

    static final LinkPort AT_B = LinkPort.of("default/1");
    static final DatapathId A = DatapathId.of("a");
    static final DatapathId B = DatapathId.of("b");
    static final Revision REVISION = new Revision(1, 1, 0);
    static final Instant NOW = Instant.EPOCH.plusSeconds(100);
    private static final long BITS = 20_000_000;

    final HandMade a = HandMade.of("a", 2, 11, 21);
    final HandMade b = HandMade.of("b", 1, 12, 22);
    final Map<String, Link> links = new HashMap<>();
    final Map<String, PathDecision> paths = new HashMap<>();
    final Map<String, QuarantinedCircuit> resting = new HashMap<>();
    final Map<String, LinkShare> shares = new HashMap<>();
    final Map<String, RuleSet> rules = new HashMap<>();
    final Map<String, RuleState> states = new HashMap<>();
    final Map<String, NetworkStatus> statuses = new HashMap<>();
    final Set<String> counters = new HashSet<>();
    final List<String> unreadable = new ArrayList<>();

    TwoSwitches() {
        link("link-ab", "node-a", 2, "node-b", 1);
        link("link-ba", "node-b", 1, "node-a", 2);
        decide(ONE, circuit(1, 11, 12, 100, 150, 7, "link-ab", "link-ba"), List.of());
        want(
                ONE,
                A,
                List.of(new Meter(7, 20_000, 400)),
                rule(1, Direction.FORWARD, 100, 11, null, new Action.ApplyMeter(7), push(100), out(2)),
                rule(1, Direction.REVERSE, 200, 2, vlan(150), new Action.PopLabel(), out(11)));
        want(
                ONE,
                B,
                List.of(new Meter(8, 20_000, 400)),
                rule(1, Direction.REVERSE, 100, 12, null, new Action.ApplyMeter(8), push(150), out(1)),
                rule(1, Direction.FORWARD, 200, 1, vlan(100), new Action.PopLabel(), out(12)));
        a.rules(
                        "cookie=0x564c100000001000 priority=100 in_port=11 actions=meter:7,push_vlan:0x8100,set_field:4196->vlan_vid,output:2",
                        "cookie=0x564c100000001001 priority=200 in_port=2,dl_vlan=150 actions=pop_vlan,output:11")
                .meter(7, "kbps burst type=drop rate=20000 burst_size=400");
        b.rules(
                        "cookie=0x564c100000001001 priority=100 in_port=12 actions=meter:8,push_vlan:0x8100,set_field:4246->vlan_vid,output:1",
                        "cookie=0x564c100000001000 priority=200 in_port=1,dl_vlan=100 actions=pop_vlan,output:12")
                .meter(8, "kbps burst type=drop rate=20000 burst_size=400");
        ready(ONE);
    }

    void link(String name, String from, int fromPort, String to, int toPort) {
        ResourceId id = ResourceId.of("default/" + name);
        LinkSpec spec = new LinkSpec(
                new LinkEnd(from, new PortLocator(Integer.toString(fromPort))),
                new LinkEnd(to, new PortLocator(Integer.toString(toPort))),
                1_000_000_000,
                0,
                LinkKind.PLAIN,
                false);
        links.put(id.toString(), new Link(id, 1, false, Instant.EPOCH, spec));
    }

    static Circuit circuit(
            long number, int from, int to, int there, int back, int meter, String linkThere, String linkBack) {
        Lane out = new Lane(linkThere, vlan(there), PortNumber.of(2), null, PortNumber.of(1), null);
        Lane home = new Lane(linkBack, vlan(back), PortNumber.of(1), null, PortNumber.of(2), null);
        Route forward = new Route(
                null,
                List.of(
                        Hop.straight("node-a", A, new AtEndpoint(0), Face.working(out, 1)),
                        Hop.straight("node-b", B, out, Face.working(new AtEndpoint(1), null))),
                BITS,
                0,
                meter);
        Route reverse = new Route(
                null,
                List.of(
                        Hop.straight("node-b", B, new AtEndpoint(1), Face.working(home, 1)),
                        Hop.straight("node-a", A, home, Face.working(new AtEndpoint(0), null))),
                BITS,
                0,
                meter + 1);
        return new Circuit(
                number,
                1,
                List.of(
                        new Endpoint("node-a", A, "x", PortNumber.of(from)),
                        new Endpoint("node-b", B, "y", PortNumber.of(to))),
                List.of(forward, reverse));
    }

    void decide(NetworkId id, @Nullable Circuit current, List<CircuitRemoval> removals) {
        paths.put(
                id.toString(),
                new PathDecision(
                        id,
                        REVISION,
                        current == null ? Outcome.WITHDRAWN : Outcome.ADMITTED,
                        List.of(),
                        current,
                        removals,
                        List.of(),
                        List.of(),
                        Instant.EPOCH));
    }

    void want(Owner id, DatapathId datapathId, List<Meter> meters, Rule... wanted) {
        RuleSet set = new RuleSet(datapathId, id, REVISION, meters, List.of(), List.of(wanted));
        rules.put(set.key(), set);
        confirm(id, datapathId, REVISION, true, null);
        if (id instanceof NetworkId) {
            counters.add(set.key());
        }
    }

    void confirm(Owner id, DatapathId datapathId, Revision revision, boolean applied, @Nullable String error) {
        RuleState state = new RuleState(id, datapathId, 1, revision, applied, error, null, null, null);
        states.put(state.key(), state);
    }

    void ready(NetworkId id) {
        List<Condition> conditions = List.of(condition(Condition.Type.PROGRAMMED), condition(Condition.Type.READY));
        statuses.put(
                id.toString(),
                new NetworkStatus(
                        id, REVISION, 1, Phase.READY, conditions, List.of(), List.of(), List.of(), List.of()));
    }

    private static Condition condition(Condition.Type type) {
        return new Condition(type, Condition.Truth.TRUE, "X", "x", 1, Instant.EPOCH);
    }

    static Rule rule(
            long circuit, Direction direction, int priority, int in, @Nullable Label label, Action... actions) {
        return new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, circuit, direction),
                priority,
                new Match.AtPort(PortNumber.of(in), label),
                List.of(actions),
                Table.CLASSIFY);
    }

    static Action push(int vlan) {
        return new Action.PushLabel(vlan(vlan));
    }

    static Action out(int port) {
        return new Action.Output(PortNumber.of(port));
    }

    static Label vlan(int id) {
        return new Label(Label.LabelKind.VLAN, id);
    }

    private static Node node(String name, DatapathId id) {
        return new Node(ResourceId.of("default/" + name), 1, false, Instant.EPOCH, new NodeSpec(id, null, null, false));
    }

    List<Difference> compare() {
        return compare(Map.of(A, a.tables(), B, b.tables()));
    }

    List<Difference> compare(Map<DatapathId, SwitchTables> tables) {
        Map<String, io.vlink.events.networks.Network> networks = new HashMap<>();
        paths.forEach((key, decision) -> networks.put(key, Declared.network(decision.id(), 1)));
        RecordedState recorded = new RecordedState(
                Map.of("default/node-a", node("node-a", A), "default/node-b", node("node-b", B)),
                links,
                networks,
                paths,
                resting,
                shares,
                rules,
                states,
                statuses,
                Map.of(),
                Map.of(),
                counters,
                links.keySet(),
                unreadable);
        return Comparison.of(recorded, tables, Map.of(B, "The switch is away."), NOW);
    }

    void assertFound(DifferenceType kind, @Nullable Owner owner, String... words) {
        List<Difference> found = compare();
        assertThat(found).as("%s", found).anySatisfy(difference -> {
            assertThat(difference.kind()).isEqualTo(kind);
            assertThat(difference.owner()).isEqualTo(owner);
            assertThat(difference.words()).contains(words);
        });
    }

    /** Finalises the suite: rules are in the forwarding table, and {@code leads} lead frames there. */
    void finalised(String... leads) {
        rules.replaceAll((key, set) -> new RuleSet(
                set.datapathId(),
                set.owner(),
                set.revision(),
                set.meters(),
                List.of(),
                set.rules().stream()
                        .map(rule -> new Rule(rule.cookie(), rule.priority(), rule.match(), rule.actions(), null))
                        .toList()));
        for (HandMade each : List.of(a, b)) {
            List<String> texts = each.tables().rules().stream()
                    .map(rule -> rule.text().replace("priority=", "table=2,priority="))
                    .toList();
            each.without("").rules(texts.toArray(String[]::new)).rules(leads);
        }
    }

    /** Network two from a/21 to b/22 without bandwidth, beside network one: both directions share what is left. */
    void bestEffort() {
        decide(TWO, free(), List.of());
        share(AT_A, A, 2, 980_000_000);
        share(AT_B, B, 1, 980_000_000);
        want(
                TWO,
                A,
                List.of(),
                rule(2, Direction.FORWARD, 100, 21, null, new Action.ApplyMeter(65_538), push(200), out(2)),
                rule(2, Direction.REVERSE, 200, 2, vlan(250), new Action.PopLabel(), out(21)));
        want(
                TWO,
                B,
                List.of(),
                rule(2, Direction.REVERSE, 100, 22, null, new Action.ApplyMeter(65_537), push(250), out(1)),
                rule(2, Direction.FORWARD, 200, 1, vlan(200), new Action.PopLabel(), out(22)));
        a.rules(
                        "cookie=0x564c100000002000 priority=100 in_port=21 actions=meter:65538,push_vlan:0x8100,set_field:4296->vlan_vid,output:2",
                        "cookie=0x564c100000002001 priority=200 in_port=2,dl_vlan=250 actions=pop_vlan,output:21")
                .meter(65_538, "kbps burst type=drop rate=980000 burst_size=19600");
        b.rules(
                        "cookie=0x564c100000002001 priority=100 in_port=22 actions=meter:65537,push_vlan:0x8100,set_field:4346->vlan_vid,output:1",
                        "cookie=0x564c100000002000 priority=200 in_port=1,dl_vlan=200 actions=pop_vlan,output:22")
                .meter(65_537, "kbps burst type=drop rate=980000 burst_size=19600");
        ready(TWO);
    }

    static Circuit free() {
        Circuit reserved = circuit(2, 21, 22, 200, 250, 17, "link-ab", "link-ba");
        return new Circuit(
                2,
                1,
                reserved.endpoints(),
                reserved.routes().stream()
                        .map(route -> new Route(null, route.hops(), null, 0, null))
                        .toList());
    }

    void share(LinkPort link, DatapathId datapathId, int port, long left) {
        LinkShare share = new LinkShare("default", datapathId, PortNumber.of(port), 1_000_000_000, 20_000_000, left);
        shares.put(share.key(), share);
        long rate = left / 1_000;
        want(link, datapathId, List.of(new Meter(65_536 + port, rate, rate / 50)));
    }
}
