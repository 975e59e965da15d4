package io.vlink.audit.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vlink.audit.Difference;
import io.vlink.audit.Difference.DifferenceType;
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
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Network one from a/11 over the cable a/2 to b/1 to b/12, 20 Mbit/s each way, and everything that may be wrong with it. */
class ComparisonTest {

    private static final NetworkId ONE = NetworkId.of("default/tenant-a/one");
    private static final NetworkId TWO = NetworkId.of("default/tenant-b/two");
    /** The ports that network two leaves by over links. */
    private static final LinkPort AT_A = LinkPort.of("default/2");

    private static final LinkPort AT_B = LinkPort.of("default/1");
    private static final DatapathId A = DatapathId.of("a");
    private static final DatapathId B = DatapathId.of("b");
    private static final Revision REVISION = new Revision(1, 1, 0);
    private static final Instant NOW = Instant.EPOCH.plusSeconds(100);
    private static final long BITS = 20_000_000;

    private final HandMade a = HandMade.of("a", 2, 11, 21);
    private final HandMade b = HandMade.of("b", 1, 12, 22);
    private final Map<String, Link> links = new HashMap<>();
    private final Map<String, PathDecision> paths = new HashMap<>();
    private final Map<String, QuarantinedCircuit> resting = new HashMap<>();
    private final Map<String, LinkShare> shares = new HashMap<>();
    private final Map<String, RuleSet> rules = new HashMap<>();
    private final Map<String, RuleState> states = new HashMap<>();
    private final Map<String, NetworkStatus> statuses = new HashMap<>();
    private final Set<String> counters = new HashSet<>();
    private final List<String> unreadable = new ArrayList<>();

    @BeforeEach
    void oneNetwork() {
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

    // ---- the sample

    private void link(String name, String from, int fromPort, String to, int toPort) {
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

    private static Circuit circuit(
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

    private void decide(NetworkId id, @Nullable Circuit current, List<CircuitRemoval> retiring) {
        paths.put(
                id.toString(),
                new PathDecision(
                        id,
                        REVISION,
                        current == null ? Outcome.WITHDRAWN : Outcome.ADMITTED,
                        List.of(),
                        current,
                        retiring,
                        List.of(),
                        List.of(),
                        Instant.EPOCH));
    }

    private void want(Owner id, DatapathId datapathId, List<Meter> meters, Rule... wanted) {
        RuleSet set = new RuleSet(datapathId, id, REVISION, meters, List.of(), List.of(wanted));
        rules.put(set.key(), set);
        confirm(id, datapathId, REVISION, true, null);
        if (id instanceof NetworkId) {
            counters.add(set.key());
        }
    }

    private void confirm(Owner id, DatapathId datapathId, Revision revision, boolean applied, @Nullable String error) {
        RuleState state = new RuleState(id, datapathId, 1, revision, applied, error, null, null, null);
        states.put(state.key(), state);
    }

    private void ready(NetworkId id) {
        List<Condition> conditions = List.of(condition(Condition.Type.PROGRAMMED), condition(Condition.Type.READY));
        statuses.put(
                id.toString(),
                new NetworkStatus(
                        id, REVISION, 1, Phase.READY, conditions, List.of(), List.of(), List.of(), List.of()));
    }

    private static Condition condition(Condition.Type type) {
        return new Condition(type, Condition.Truth.TRUE, "X", "x", 1, Instant.EPOCH);
    }

    private static Rule rule(
            long circuit, Direction direction, int priority, int in, @Nullable Label label, Action... actions) {
        return new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, circuit, direction),
                priority,
                new Match.AtPort(PortNumber.of(in), label),
                List.of(actions),
                Table.CLASSIFY);
    }

    private static Action push(int vlan) {
        return new Action.PushLabel(vlan(vlan));
    }

    private static Action out(int port) {
        return new Action.Output(PortNumber.of(port));
    }

    private static Label vlan(int id) {
        return new Label(Label.LabelKind.VLAN, id);
    }

    private static Node node(String name, DatapathId id) {
        return new Node(ResourceId.of("default/" + name), 1, false, Instant.EPOCH, new NodeSpec(id, null, null, false));
    }

    private List<Difference> compare() {
        return compare(Map.of(A, a.tables(), B, b.tables()));
    }

    private List<Difference> compare(Map<DatapathId, SwitchTables> tables) {
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

    private void assertFound(DifferenceType kind, @Nullable Owner owner, String... words) {
        List<Difference> found = compare();
        assertThat(found).as("%s", found).anySatisfy(difference -> {
            assertThat(difference.kind()).isEqualTo(kind);
            assertThat(difference.owner()).isEqualTo(owner);
            assertThat(difference.words()).contains(words);
        });
    }

    /** Finalises the suite: rules are in the forwarding table, and {@code leads} lead frames there. */
    private void finalised(String... leads) {
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

    private static final String FROM_THE_FIRST = "cookie=0x564c300000000000 priority=99 actions=goto_table:2";
    private static final String FROM_CONTROL = "cookie=0x564c300000000000 table=1,priority=0 actions=goto_table:2";

    // ---- the tests

    @Test
    void findsNothingWhereAllIsWellInAFinalisedSuite() {
        // Given
        finalised(FROM_THE_FIRST, FROM_CONTROL);
        // Then
        assertThat(compare()).isEmpty();
    }

    @Test
    void findsNothingWhereEachRuleHasItsOwnLeadingRule() {
        // Given
        finalised();
        a.rules(
                "cookie=0x564c300000001000 priority=100 in_port=11 actions=goto_table:2",
                "cookie=0x564c300000001001 priority=200 in_port=2,dl_vlan=150 actions=goto_table:2");
        b.rules(
                "cookie=0x564c300000001001 priority=100 in_port=12 actions=goto_table:2",
                "cookie=0x564c300000001000 priority=200 in_port=1,dl_vlan=100 actions=goto_table:2",
                "priority=0 actions=NORMAL");
        // Then: foreign rules for all other frames do not matter
        assertThat(compare())
                .noneMatch(difference -> difference.kind() == DifferenceType.RULE_MISSING
                        || difference.kind() == DifferenceType.RULE_EXTRA
                        || difference.kind() == DifferenceType.WRONG_PATH);
        // When
        b.without("cookie=0x564c300000001000");
        // Then
        assertFound(
                DifferenceType.RULE_MISSING, ONE, "which leads frames to table=2,priority=200,in_port=1,dl_vlan=100");
    }

    @Test
    void findsRulesBehindTheFirstTableThatNoFrameReaches() {
        // Given
        finalised(FROM_CONTROL);
        // Then
        assertFound(
                DifferenceType.RULE_MISSING,
                ONE,
                "actions=goto_table:2, which leads frames to table=2,priority=100,in_port=11");
        assertFound(DifferenceType.WRONG_PATH, ONE, "are dropped");
    }

    @Test
    void findsALeadingRuleWithoutAWantedRule() {
        // Given
        finalised(FROM_THE_FIRST, FROM_CONTROL);
        a.rule("cookie=0x564c300000009000 priority=200 in_port=2,dl_vlan=9 actions=goto_table:2")
                .rule("cookie=0x564c300000000000 table=1,priority=7 actions=goto_table:2");
        // Then
        assertFound(DifferenceType.RULE_EXTRA, null, "dl_vlan=9");
        assertFound(DifferenceType.RULE_EXTRA, null, "priority=7");
    }

    @Test
    void findsARuleInTheWrongTable() {
        // Given
        finalised(FROM_THE_FIRST, FROM_CONTROL);
        a.without("in_port=11")
                .rule(
                        "cookie=0x564c100000001000 priority=100 in_port=11 actions=meter:7,push_vlan:0x8100,set_field:4196->vlan_vid,output:2");
        // Then
        assertFound(DifferenceType.RULE_MISSING, ONE, "table=2,priority=100,in_port=11");
        assertFound(DifferenceType.RULE_EXTRA, ONE, "in_port=11");
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(compare()).isEmpty();
    }

    @Test
    void ignoresForeignRulesAndTheirMeters() {
        // Given
        a.rule("priority=5,in_port=21 actions=meter:99,output:30").meter(99, "pktps type=drop rate=5 burst_size=5");
        // Then
        assertThat(compare()).isEmpty();
    }

    @Test
    void ignoresTheRuleThatNamesTheSuiteOfASwitch() {
        // Given
        a.rule("cookie=0x564c200000000000 priority=0,metadata=0x1234 actions=drop");
        // Then
        assertThat(compare()).isEmpty();
    }

    @Test
    void findsASwitchOfAnotherSuite() {
        // Given
        a.rule("cookie=0x564c200000000007 priority=0,metadata=0x1234 actions=drop");
        b.rule("cookie=0x564c200000000009 priority=0,metadata=0x1234 actions=drop");
        // Then
        assertThat(compare()).isEmpty();
        // When
        b.rule("cookie=0x564c200000000009 priority=0,metadata=0x5678 actions=drop");
        // Then
        assertFound(DifferenceType.OTHER_SUITE, null, "node-b", "suite 0000000000005678");
    }

    @Test
    void findsAMissingRuleThatContradictsTheStatus() {
        // Given
        b.without("dl_vlan=100");
        // Then
        assertFound(
                DifferenceType.RULE_MISSING,
                ONE,
                "dl_vlan=100",
                "node-b (000000000000000b)",
                "Its status reports Ready.");
        assertFound(DifferenceType.WRONG_PATH, ONE, "are dropped");
    }

    @Test
    void findsARuleOfACircuitThatIsGone() {
        // Given
        a.rule("cookie=0x564c100000009001 priority=200 in_port=2,dl_vlan=999 actions=pop_vlan,output:21");
        // Then
        assertFound(DifferenceType.RULE_EXTRA, null, "of circuit 9, which is gone,", "dl_vlan=999");
    }

    @Test
    void findsARuleThatDoesSomethingElse() {
        // Given
        b.without("dl_vlan=100")
                .rule("cookie=0x564c100000001000 priority=200 in_port=1,dl_vlan=100 actions=pop_vlan,output:22");
        // Then
        assertFound(DifferenceType.RULE_DIFFERS, ONE, "output:22", "output:12");
        assertFound(DifferenceType.LEAK, ONE, "port p22 (22)");
    }

    @Test
    void findsAForeignRuleWithTheRuleKeyOfAWantedRule() {
        // Given
        b.without("dl_vlan=100").rule("priority=200 in_port=1,dl_vlan=100 actions=pop_vlan,output:12");
        // Then
        assertFound(DifferenceType.RULE_DIFFERS, ONE, "cookie=0x0000000000000000");
    }

    @Test
    void findsMissingExtraAndDifferentMeters() {
        // Given
        a.meter(11, "kbps burst type=drop rate=20000 burst_size=400");
        HandMade without = HandMade.of("b", 1, 12, 22)
                .rules(b.tables().rules().stream().map(rule -> rule.text()).toArray(String[]::new))
                .meter(8, "kbps type=drop rate=20000 burst_size=400");
        // Then
        assertFound(DifferenceType.METER_EXTRA, null, "Meter 11");
        assertThat(compare(Map.of(A, a.tables(), B, without.tables())))
                .anyMatch(difference -> difference.kind() == DifferenceType.METER_DIFFERS
                        && difference.words().contains("Meter 8"));
        want(ONE, A, List.of(new Meter(7, 20_000, 400), new Meter(12, 1, 1)));
        assertFound(DifferenceType.METER_MISSING, ONE, "Meter 12");
    }

    @Test
    void findsARuleSetThatDiffersFromTheDecision() {
        // Given: flow-service compiled something else, and the switch does that
        want(ONE, B, List.of(new Meter(8, 20_000, 400)), rule(1, Direction.FORWARD, 200, 1, vlan(100), out(12)));
        // Then
        assertFound(DifferenceType.NOT_AS_DECIDED, ONE, "contains", "actions=output:12");
        assertFound(DifferenceType.NOT_AS_DECIDED, ONE, "lacks", "in_port=12");
    }

    @Test
    void findsARuleSetOfANetworkWithoutADecision() {
        // Given
        want(TWO, A, List.of(), rule(2, Direction.FORWARD, 100, 21, null, push(300), out(2)));
        // Then
        assertFound(DifferenceType.LEFT_OVER, TWO, "vlink.rules");
    }

    @Test
    void findsRecordsOfThingsThatAreGone() {
        // Given
        confirm(TWO, A, REVISION, true, null);
        ready(TWO);
        counters.add("000000000000000a/default/tenant-b/two");
        unreadable.add("vlink.paths default/x/y: no JSON");
        // Then
        assertFound(DifferenceType.LEFT_OVER, TWO, "vlink.rule-states");
        assertFound(DifferenceType.LEFT_OVER, TWO, "vlink.statuses");
        assertFound(DifferenceType.LEFT_OVER, null, "vlink.counters");
        assertFound(DifferenceType.UNREADABLE, null, "no JSON");
    }

    @Test
    void findsRuleSetsThatASwitchHasNotConfirmed() {
        // Given
        confirm(ONE, A, REVISION, false, "Table is full.");
        confirm(ONE, B, new Revision(0, 9, 0), true, null);
        // Then
        assertFound(DifferenceType.NOT_CONFIRMED, ONE, "node-a", "Table is full.", "Its status reports Ready.");
        assertFound(DifferenceType.NOT_CONFIRMED, ONE, "node-b", "an earlier revision");
    }

    @Test
    void findsALabelAllocatedTwiceAfterALinkWasRenamed() {
        // Given: link-ab was deleted, and its cable was declared as wire-ab
        links.remove("default/link-ab");
        link("wire-ab", "node-a", 2, "node-b", 1);
        decide(TWO, circuit(2, 21, 22, 100, 160, 17, "wire-ab", "link-ba"), List.of());
        // Then
        assertFound(
                DifferenceType.HELD_TWICE,
                null,
                "The label vlan:100 received at port p1 (1) of node-b",
                ONE + " (circuit 1) and " + TWO + " (circuit 2)");
        assertThat(compare().stream().filter(difference -> difference.kind() == DifferenceType.HELD_TWICE))
                .hasSize(1);
    }

    @Test
    void findsBandwidthReservedTwiceOnOneCable() {
        // Given: the same cable under another name, and circuits over both
        links.remove("default/link-ab");
        link("wire-ab", "node-a", 2, "node-b", 1);
        for (int i = 0; i < 50; i++) {
            NetworkId id = NetworkId.of("default/many/n" + i);
            decide(
                    id,
                    circuit(10 + i, 100 + i, 100 + i, 1000 + i, 2000 + i, 100 + 2 * i, "wire-ab", "wire-ba"),
                    List.of());
        }
        // Then: 51 times 20 Mbit/s
        assertFound(DifferenceType.OVER_RESERVED, null, "1.02 Gbit/s", "which has 1 Gbit/s");
    }

    /** Lowered rates stay reserved until the switches that meter them have confirmed; nothing else changes. */
    private static CircuitRemoval ratesOf(Circuit circuit, long number, long bits) {
        List<Route> routes = circuit.routes().stream()
                .map(route -> new Route(
                        null,
                        List.of(new Hop(0, route.first().node(), route.first().datapathId(), List.of(), List.of())),
                        bits,
                        0,
                        null))
                .toList();
        List<Endpoint> ends = circuit.ends().stream()
                .map(end -> new Endpoint(end.node(), end.datapathId(), null, null))
                .toList();
        return new CircuitRemoval(
                new Circuit(number, circuit.generation(), ends, routes), Instant.EPOCH, false, true, circuit.number());
    }

    @Test
    void countsLoweredRatesUntilTheyAreReleased() {
        // Given
        Circuit two = circuit(2, 21, 22, 101, 151, 17, "link-ab", "link-ba");
        decide(TWO, two, List.of(ratesOf(two, 3, 990_000_000)));
        // Then: with the 20 Mbit/s of network one
        assertFound(DifferenceType.OVER_RESERVED, null, "1.01 Gbit/s", "which has 1 Gbit/s");
    }

    @Test
    void findsAMissingWantedRuleWhileRatesAreLowered() {
        // Given
        Circuit one = circuit(1, 11, 12, 100, 150, 7, "link-ab", "link-ba");
        decide(ONE, one, List.of(ratesOf(one, 3, 30_000_000)));
        want(ONE, B, List.of());
        // Then
        assertFound(DifferenceType.NOT_AS_DECIDED, ONE, "lacks");
    }

    @Test
    void countsOnlyTheLargestCircuitOfANetwork() {
        // Given
        List<CircuitRemoval> leaving = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            leaving.add(new CircuitRemoval(
                    circuit(10 + i, 11, 12, 1000 + i, 2000 + i, 100 + 2 * i, "link-ab", "link-ba"),
                    Instant.EPOCH,
                    false));
        }
        decide(ONE, circuit(1, 11, 12, 100, 150, 7, "link-ab", "link-ba"), leaving);
        // Then
        assertThat(compare()).isEmpty();
    }

    @Test
    void findsNumbersMetersAndPortsHeldTwice() {
        // Given
        decide(TWO, circuit(1, 11, 2, 300, 350, 7, "link-ab", "link-ba"), List.of());
        // Then
        assertFound(DifferenceType.HELD_TWICE, null, "The circuit number default/1");
        assertFound(DifferenceType.HELD_TWICE, null, "Meter 7 of node-a");
        assertFound(DifferenceType.HELD_TWICE, null, "Port p11 (11) of node-a");
        // When: a circuit crosses a workload's port as a link's
        decide(TWO, circuit(2, 2, 22, 300, 350, 9, "link-ab", "link-ba"), List.of());
        // Then
        assertFound(DifferenceType.HELD_TWICE, null, "Port p2 (2) of node-a", "as a workload's port and as a link's,");
    }

    @Test
    void findsLabelsAndMetersReusedDuringQuarantine() {
        // Given: a removed circuit had the same labels and meters
        Circuit gone = circuit(9, 21, 22, 100, 150, 7, "link-ab", "link-ba");
        resting.put("default/9", new QuarantinedCircuit("default", gone, NOW));
        // Then: its quarantine is over
        assertThat(compare()).isEmpty();
        // When
        resting.put("default/9", new QuarantinedCircuit("default", gone, NOW.plusMillis(1)));
        // Then
        assertFound(
                DifferenceType.HELD_TWICE,
                ONE,
                "The label vlan:100 received at port p1 (1)",
                "in quarantine after circuit 9");
        assertFound(DifferenceType.HELD_TWICE, ONE, "Meter 7 of node-a", "in quarantine after circuit 9");
    }

    /** Network two from a/21 to b/22 without bandwidth, beside network one: both directions share what is left. */
    private void bestEffort() {
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

    private static Circuit free() {
        Circuit reserved = circuit(2, 21, 22, 200, 250, 17, "link-ab", "link-ba");
        return new Circuit(
                2,
                1,
                reserved.ends(),
                reserved.routes().stream()
                        .map(route -> new Route(null, route.hops(), null, 0, null))
                        .toList());
    }

    private void share(LinkPort link, DatapathId datapathId, int port, long left) {
        LinkShare share = new LinkShare("default", datapathId, PortNumber.of(port), 1_000_000_000, 20_000_000, left);
        shares.put(share.key(), share);
        long rate = left / 1_000;
        want(link, datapathId, List.of(new Meter(65_536 + port, rate, rate / 50)));
    }

    @Test
    void findsNothingWhereBestEffortSharesWhatIsLeft() {
        // Given
        bestEffort();
        // Then
        assertThat(compare()).isEmpty();
    }

    @Test
    void keepsTheShareOfAPortUntilItsLastCircuitLeavesQuarantine() {
        // Given
        share(AT_A, A, 2, 980_000_000);
        a.meter(65_538, "kbps burst type=drop rate=980000 burst_size=19600");
        assertFound(DifferenceType.LEFT_OVER, AT_A, "A share (vlink.link-shares) exists for a port");
        // When
        resting.put("default/2", new QuarantinedCircuit("default", free(), NOW.plusMillis(1)));
        // Then
        assertThat(compare()).isEmpty();
    }

    @Test
    void findsALinkMeterThatIsMissingOrDifferent() {
        // Given
        bestEffort();
        // When
        a.withoutMeter(65_538).meter(65_538, "kbps burst type=drop rate=1 burst_size=19600");
        b.withoutMeter(65_537);
        // Then
        assertFound(DifferenceType.METER_DIFFERS, AT_A, "Meter 65538", "rate=1", "node-a");
        assertFound(DifferenceType.METER_MISSING, AT_B, "Meter 65537", "node-b");
    }

    @Test
    void findsBestEffortThatBypassesItsLinkMeter() {
        // Given
        bestEffort();
        // When: neither the rule set nor the switch has it
        want(
                TWO,
                A,
                List.of(),
                rule(2, Direction.FORWARD, 100, 21, null, push(200), out(2)),
                rule(2, Direction.REVERSE, 200, 2, vlan(250), new Action.PopLabel(), out(21)));
        // Then
        assertFound(DifferenceType.NOT_AS_DECIDED, TWO, "lacks", "meter:65538");
        assertFound(DifferenceType.RULE_DIFFERS, TWO, "meter:65538");
    }

    @Test
    void acceptsBestEffortWithoutAMeterThatTheSwitchRejected() {
        // Given
        bestEffort();
        confirm(AT_A, A, REVISION, false, "OUT_OF_METERS");
        a.without("meter:65538")
                .withoutMeter(65_538)
                .rule(
                        "cookie=0x564c100000002000 priority=100 in_port=21 actions=push_vlan:0x8100,set_field:4296->vlan_vid,output:2");
        // When
        want(
                TWO,
                A,
                List.of(),
                rule(2, Direction.FORWARD, 100, 21, null, push(200), out(2)),
                rule(2, Direction.REVERSE, 200, 2, vlan(250), new Action.PopLabel(), out(21)));
        // Then
        assertThat(compare())
                .extracting(Difference::kind)
                .containsExactlyInAnyOrder(DifferenceType.NOT_CONFIRMED, DifferenceType.METER_MISSING);
    }

    /** Where the switch was not asked, best effort still uses the meter. */
    @ParameterizedTest
    @EnumSource
    void expectsBestEffortWithoutAMeterOnlyWhereTheSwitchRejectedIt(RuleStateReason reason) {
        // Given
        bestEffort();
        // When
        RuleState failed = RuleState.failed(AT_A, A, 1, REVISION, reason, "Not so.", null);
        states.put(failed.key(), failed);
        // Then
        assertThat(compare().stream().anyMatch(difference -> difference.kind() == DifferenceType.NOT_AS_DECIDED))
                .isEqualTo(reason.isOfSwitch() && reason != RuleStateReason.LEFTOVERS_STAY);
    }

    /** The switch rejected the meter before it was refused itself or another overlay took the meter; flow-service remembers that. */
    @ParameterizedTest
    @EnumSource(
            value = RuleStateReason.class,
            names = {"SWITCH_REFUSED", "METER_TAKEN"})
    void acceptsBestEffortWithoutAMeterWhileTheSwitchIsNotAsked(RuleStateReason reason) {
        // Given
        bestEffort();
        // When
        RuleState failed = RuleState.failed(AT_A, A, 1, REVISION, reason, "Not so.", null);
        states.put(failed.key(), failed);
        want(
                TWO,
                A,
                List.of(),
                rule(2, Direction.FORWARD, 100, 21, null, push(200), out(2)),
                rule(2, Direction.REVERSE, 200, 2, vlan(250), new Action.PopLabel(), out(21)));
        // Then
        assertThat(compare()).noneMatch(difference -> difference.kind() == DifferenceType.NOT_AS_DECIDED);
        // When
        want(TWO, A, List.of());
        // Then
        assertFound(DifferenceType.NOT_AS_DECIDED, TWO, "lacks", "meter:65538");
    }

    @Test
    void findsAShareWithAWrongMeterAndAMeterOfNoLink() {
        // Given
        bestEffort();
        // When
        want(AT_A, A, List.of(new Meter(65_538, 5, 122)));
        rules.remove("000000000000000b/default/1");
        // Then
        assertFound(
                DifferenceType.NOT_AS_DECIDED, AT_A, "contains meter=65538", "rate=5 ", "rate=980000", "port p2 (2)");
        assertFound(DifferenceType.NOT_AS_DECIDED, AT_B, "contains no meter");
        assertFound(
                DifferenceType.NOT_AS_DECIDED, TWO, "uses meter 65537, which is not wanted for any link, in node-b");
        assertFound(DifferenceType.METER_EXTRA, null, "Meter 65537");
    }

    @Test
    void findsSharesThatAreWrongMissingOrLeftOver() {
        // Given
        bestEffort();
        // When
        share(AT_A, A, 2, 1_000_000_000);
        shares.remove("default/000000000000000b/1");
        share(LinkPort.of("default/21"), A, 21, 980_000_000);
        // Then
        assertFound(DifferenceType.NOT_AS_DECIDED, AT_A, "Best effort gets 1 Gbit/s instead of 980 Mbit/s");
        assertFound(DifferenceType.NOT_AS_DECIDED, TWO, "port p1 (1) of node-b", "has no share there");
        assertFound(DifferenceType.LEFT_OVER, AT_B, "vlink.rules");
        assertFound(DifferenceType.LEFT_OVER, LinkPort.of("default/21"), "vlink.link-shares");
    }

    @Test
    void findsMissingAndDifferentGroups() {
        // Given: a group that network one wants at a, and a group that a foreign rule uses
        Group face = new Group(
                7,
                Group.Kind.FAST_FAILOVER,
                List.of(new Bucket(PortNumber.of(2), null, List.of(new Action.SwapLabel(vlan(100)), out(2)))));
        RuleSet set = Objects.requireNonNull(rules.get("000000000000000a/" + ONE));
        rules.put(set.key(), new RuleSet(A, ONE, REVISION, set.meters(), List.of(face), set.rules()));
        a.rule("priority=5,in_port=21 actions=group:99").group(99, "output:30");
        // Then
        assertFound(
                DifferenceType.GROUP_MISSING,
                ONE,
                "group_id=7,type=ff,bucket=watch_port:2,actions=set_field:4196->vlan_vid,output:2");
        // When
        a.group(Rules.of(face));
        // Then
        assertThat(compare()).extracting(Difference::kind).containsOnly(DifferenceType.NOT_AS_DECIDED);
        // When
        a.group(7, "output:2");
        // Then
        assertFound(DifferenceType.GROUP_DIFFERS, ONE, "type=all", "type=ff");
    }

    /** A group has no mark. As for the gateway, it is Vlink's if only rules with Vlink's mark lead to it. */
    @Test
    void findsGroupsThatOnlyVlinkRulesLeadTo() {
        // Given
        a.rule("priority=5,in_port=21 actions=group:99")
                .group(99, "group:98")
                .group(98, "output:30")
                .group(97, "output:30")
                .group(96, "group:11");
        // Then
        assertThat(compare()).isEmpty();
        // When
        a.rule("cookie=0x564c100000009000 priority=200 in_port=2,dl_vlan=999 actions=group:8")
                .group(8, "group:9")
                .group(9, "output:2")
                .rule("cookie=0x564c100000009000 priority=200 in_port=2,dl_vlan=998 actions=group:10")
                .rule("priority=5,in_port=30 actions=group:10")
                .group(10, "output:2")
                .rule("cookie=0x564c100000009000 priority=200 in_port=2,dl_vlan=997 actions=group:11")
                .group(11, "output:2");
        // Then
        assertThat(compare().stream()
                        .filter(difference -> difference.kind() == DifferenceType.GROUP_EXTRA)
                        .map(Difference::words))
                .satisfiesExactlyInAnyOrder(
                        words -> assertThat(words).contains("group_id=8,"),
                        words -> assertThat(words).contains("group_id=9,"));
    }

    @Test
    void findsARuleKeyThatTwoNetworksHaveInTwoTables() {
        // Given: in a suite that was just finalised, one of both is not yet written for the other table
        Rule one = rule(8, Direction.FORWARD, 100, 41, null, out(2));
        Rule other = rule(9, Direction.FORWARD, 100, 41, null, out(1));
        want(ONE, A, List.of(), one);
        want(
                TWO,
                A,
                List.of(),
                new Rule(other.cookie(), other.priority(), other.match(), other.actions(), Table.FORWARDING));
        // Then
        assertFound(
                DifferenceType.HELD_TWICE,
                null,
                "The rule table=2,priority=100,in_port=41",
                ONE.toString(),
                TWO.toString());
    }

    @Test
    void findsAMeterThatTwoNetworksUse() {
        // Given
        bestEffort();
        // When
        want(
                TWO,
                A,
                List.of(new Meter(7, 20_000, 400)),
                rule(2, Direction.FORWARD, 100, 21, null, new Action.ApplyMeter(7), push(200), out(2)));
        // Then
        assertThat(compare())
                .filteredOn(difference -> difference.kind() == DifferenceType.HELD_TWICE)
                .anySatisfy(difference -> assertThat(difference.words()).contains("uses meter 7, which belongs to "));
    }

    @Test
    void findsANetworkWithoutADecision() {
        // Given
        paths.put(ONE.toString(), paths.get(ONE.toString()));
        RecordedState recorded = new RecordedState(
                Map.of(),
                Map.of(),
                Map.of(TWO.toString(), Declared.network(TWO, 3)),
                paths,
                resting,
                shares,
                rules,
                states,
                statuses,
                Map.of(),
                Map.of(),
                counters,
                Set.of(),
                List.of());
        // When
        List<Difference> found = Comparison.of(recorded, Map.of(A, a.tables(), B, b.tables()), Map.of(), NOW);
        // Then
        assertThat(found)
                .extracting(Difference::kind, Difference::owner)
                .containsExactlyInAnyOrder(
                        tuple(DifferenceType.NOT_AS_DECIDED, ONE), tuple(DifferenceType.NOT_AS_DECIDED, TWO));
    }

    @Test
    void namesTheSwitchThatCouldNotBeRead() {
        assertThat(compare(Map.of(A, a.tables()))).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(DifferenceType.NOT_PROVABLE);
            assertThat(difference.words()).contains("node-b", "The switch is away.");
        });
    }
}
