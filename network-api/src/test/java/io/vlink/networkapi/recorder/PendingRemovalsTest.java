package io.vlink.networkapi.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
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
import io.vlink.events.paths.Route;
import io.vlink.events.requests.Request;
import io.vlink.events.requests.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes and links that circuits use: changes are answered with warnings, and removal waits until they are unused. */
final class PendingRemovalsTest {

    private static final NetworkId RED = Desk.network("red");
    private static final NetworkId BLUE = Desk.network("blue");
    private static final ResourceId LINK = new ResourceId("default", "link-ab");
    private static final ResourceId NODE = new ResourceId("default", "node-a");

    private final Desk desk = new Desk();

    // ---- withdrawing

    @Test
    void keepsAWithdrawnLinkUntilNothingUsesIt() {
        // Given
        long generation = desk.granted(link("p", 1_000_000)).generation();
        crosses(RED, 1);
        crosses(BLUE, 2);
        leaves(BLUE, 2, false);

        // When
        var withdrawn = desk.granted(new Request.WithdrawLink("", LINK, null));

        // Then
        assertThat(withdrawn.warnings())
                .containsExactly(new Warning(
                        "InUse",
                        "The link default/link-ab is in use: 1 network crosses it, 1 is leaving it. No new path may cross it, and it is deleted once no path does.",
                        1,
                        1));
        assertThat(recordedLink().withdrawn()).isTrue();
        assertThat(recordedLink().generation()).isEqualTo(generation + 1);

        // When
        desk.pathDeleted(BLUE);

        // Then
        assertThat(recordedLink().withdrawn()).isTrue();

        // When
        leaves(RED, 1, false);

        // Then
        assertThat(recordedLink().withdrawn()).isTrue();

        // When
        leaves(RED, 1, true);

        // Then
        assertThat(recordedLink().withdrawn())
                .as("unconfirmed rules may still be in a switch")
                .isTrue();

        // When
        desk.pathDeleted(RED);

        // Then
        assertThat(desk.recorded(Topic.LINKS, LINK)).isNull();
    }

    @Test
    void countsChangesSinceTheLastQuery() {
        // Given
        desk.granted(link("p", 1_000_000));
        desk.granted(link("q", 1_000_000));

        // When
        crosses(RED, 1);
        leaves(RED, 1, false);
        crosses(BLUE, 2);
        desk.pathDeleted(RED);
        crosses(RED, 3);

        // Then
        assertThat(desk.granted(link("p", 1_000_000)).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("2 networks cross it"));

        // When
        leaves(RED, 3, false);
        desk.pathDeleted(BLUE);
        crosses(BLUE, 4);
        desk.pathDeleted(BLUE);

        // Then
        assertThat(desk.granted(link("q", 1_000_000)).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("0 networks cross it, 1 is leaving it"));
    }

    @Test
    void keepsAWithdrawnNodeUntilNothingUsesIt() {
        // Given
        desk.granted(node(10));
        crosses(RED, 1);

        // When
        var withdrawn = desk.granted(new Request.WithdrawNode("", NODE, null));

        // Then
        assertThat(withdrawn.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.reason()).isEqualTo("InUse");
            assertThat(warning.current()).isEqualTo(1);
            assertThat(warning.leaving()).isZero();
            assertThat(warning.message()).doesNotContain("red");
        });
        assertThat(desk.recorded(Topic.NODES, NODE))
                .isInstanceOfSatisfying(
                        Node.class, node -> assertThat(node.withdrawn()).isTrue());

        // When
        desk.pathDeleted(RED);

        // Then
        assertThat(desk.recorded(Topic.NODES, NODE)).isNull();
    }

    @Test
    void warnsAgainWhenWithdrawnAgain() {
        desk.granted(link("p", 1_000_000));
        crosses(RED, 1);
        var first = desk.granted(new Request.WithdrawLink("", LINK, null));

        var again = desk.granted(new Request.WithdrawLink("", LINK, null));

        assertThat(again.changed()).isFalse();
        assertThat(again.generation()).isEqualTo(first.generation());
        assertThat(again.warnings()).isEqualTo(first.warnings());
    }

    @Test
    void removesUnusedLinksAtOnce() {
        desk.granted(link("p", 1_000_000));

        var withdrawn = desk.granted(new Request.WithdrawLink("", LINK, null));

        assertThat(withdrawn.warnings()).isEmpty();
        assertThat(withdrawn.changes()).hasSize(2);
        assertThat(withdrawn.changes().getLast())
                .isEqualTo(new RecordWrite(Topic.LINKS, "default", LINK.toString(), null));
    }

    @Test
    void continuesAfterARestart() {
        desk.granted(link("p", 1_000_000));
        crosses(RED, 1);
        desk.granted(new Request.WithdrawLink("", LINK, null));

        desk.takeOver(true);
        assertThat(recordedLink().withdrawn()).isTrue();
        desk.pathDeleted(RED);
        assertThat(desk.recorded(Topic.LINKS, LINK)).isNull();
    }

    @Test
    void removesNothingBeforeUsageIsKnown() {
        desk.granted(link("p", 1_000_000));
        desk.begin(false);

        desk.granted(new Request.WithdrawLink("", LINK, null));
        assertThat(recordedLink().withdrawn()).isTrue();

        desk.usageIsKnown();
        assertThat(desk.recorded(Topic.LINKS, LINK)).isNull();
    }

    @Test
    void aDeclarationCancelsARemoval() {
        // Given
        desk.granted(link("p", 1_000_000));
        crosses(RED, 1);
        long withdrawn = desk.granted(new Request.WithdrawLink("", LINK, null)).generation();

        // When
        var again = desk.granted(link("p", 1_000_000));

        // Then
        assertThat(again.created()).isTrue();
        assertThat(again.generation()).isEqualTo(withdrawn + 1);
        assertThat(again.warnings()).isEmpty();

        // When
        desk.pathDeleted(RED);

        // Then
        assertThat(recordedLink().withdrawn()).isFalse();
    }

    // ---- editing

    @Test
    void warnsWhenALinkInUseIsMoved() {
        desk.granted(link("p", 1_000_000));
        crosses(RED, 1);

        var moved = desk.granted(link("elsewhere", 1_000_000));

        assertThat(moved.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.reason()).isEqualTo("InUse");
            assertThat(warning.current()).isEqualTo(1);
            assertThat(warning.message()).contains("TopologyChanged");
        });
    }

    @Test
    void warnsWhenANodeInUseGetsAnotherSwitch() {
        desk.granted(node(10));
        crosses(RED, 1);

        assertThat(desk.granted(node(11)).warnings()).hasSize(1);
    }

    @Test
    void doesNotWarnIfNoWireMovesOrNothingUsesIt() {
        desk.granted(link("p", 1_000_000));
        assertThat(desk.granted(link("q", 1_000_000)).warnings()).isEmpty();
        crosses(RED, 1);

        assertThat(desk.granted(link("q", 2_000_000)).warnings()).isEmpty();
        assertThat(desk.granted(link("q", 2_000_000)).warnings()).isEmpty();
    }

    // ----

    private Link recordedLink() {
        return switch (desk.recorded(Topic.LINKS, LINK)) {
            case Link link -> link;
            case null, default -> throw new AssertionError("The link is gone.");
        };
    }

    private void crosses(NetworkId network, long circuit) {
        desk.decided(RecorderTest.decision(network, 1, Outcome.ADMITTED, circuit(circuit), List.of()));
    }

    private void leaves(NetworkId network, long circuit, boolean quarantined) {
        desk.decided(RecorderTest.decision(
                network,
                2,
                Outcome.WITHDRAWN,
                null,
                List.of(new CircuitRemoval(circuit(circuit), Desk.NOW, quarantined))));
    }

    private static Circuit circuit(long number) {
        Lane lane = new Lane("link-ab", Label.of("vlan:1"), new PortNumber(2), null, new PortNumber(3), null);
        Route forward = new Route(
                null,
                List.of(
                        Hop.straight("node-a", new DatapathId(10), new AtEndpoint(0), Face.working(lane, 1)),
                        Hop.straight("node-b", new DatapathId(11), lane, Face.working(new AtEndpoint(1), null))),
                null,
                0,
                null);
        Route reverse =
                new Route(null, List.of(new Hop(0, "node-b", new DatapathId(11), List.of(), List.of())), null, 0, null);
        return new Circuit(
                number,
                1,
                List.of(
                        new Endpoint("node-a", new DatapathId(10), null, null),
                        new Endpoint("node-b", new DatapathId(11), null, null)),
                List.of(forward, reverse));
    }

    private static Request.DeclareNode node(long datapathId) {
        return new Request.DeclareNode("", NODE, null, new NodeSpec(new DatapathId(datapathId), null, null, false));
    }

    private static Request.DeclareLink link(String port, long capacity) {
        return new Request.DeclareLink(
                "",
                LINK,
                null,
                new LinkSpec(
                        new LinkEnd("node-a", new PortLocator(port)),
                        new LinkEnd("node-b", new PortLocator("r")),
                        capacity,
                        0,
                        LinkKind.PLAIN,
                        false));
    }
}
