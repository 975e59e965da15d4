package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.PortLocator;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.reasons.Violation;
import io.vlink.path.sample.Edits;
import io.vlink.path.sample.VlinkRequest;
import io.vlink.path.sample.World;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All possible errors in explicit links, and their messages. */
final class PathValidationTest {

    private final World world = World.ofTheGuide();

    @Test
    void anUnknownLinkIsReported() {
        assertThat(violations(VlinkRequest.path("ac", "cx")))
                .contains(new Violation("$.path.links[1]", "LinkUnknown", "There is no link link-cx."));
    }

    @Test
    void aLinkBeingRemovedIsUnknown() {
        world.withdrawLink("link-cd");

        assertThat(reasons(VlinkRequest.ofTheGuide())).containsExactly("$.path.links[1] LinkUnknown");
    }

    @Test
    void anUnknownEndpointIsReported() {
        assertThat(violations(VlinkRequest.path("ac").between("a", "z")))
                .contains(new Violation("$.path.toEndpoint", "NodeUnknown", "There is no node node-z."));
    }

    @Test
    void aNodeBeingRemovedIsReportedAtTheLinkThatLeadsThere() {
        world.withdrawNode("node-c");

        assertThat(reasons(VlinkRequest.ofTheGuide())).containsExactly("$.path.links[0] NodeUnknown");
    }

    @Test
    void linksThatDoNotMeetBreakTheChain() {
        assertThat(violations(VlinkRequest.path("ac", "de").back("ed", "db", "ba")))
                .containsExactly(new Violation(
                        "$.path.links[1]",
                        "BrokenChain",
                        "The link link-de starts at node-d, but link-ac ends at node-c."));
    }

    @Test
    void aSwitchVisitedTwiceIsALoop() {
        assertThat(reasons(VlinkRequest.path("ac", "cd", "db", "ba", "ac")
                        .between("a", "c")
                        .back("ca")))
                .contains("$.path.links[3] Loop", "$.path.links[4] Loop");
    }

    @Test
    void twoNodesOfOneSwitchAreALoop() {
        world.editNode("node-d", spec -> new NodeSpec(World.switchOf("node-a"), null, null, false));

        assertThat(reasons(VlinkRequest.ofTheGuide())).contains("$.path.links[1] Loop", "$.reversePath.links[2] Loop");
    }

    @Test
    void linksMustStartAndEndAtTheEndpoints() {
        assertThat(violations(VlinkRequest.path("ac", "cd").between("b", "e").back("ed", "db")))
                .containsExactly(
                        new Violation(
                                "$.path.links[0]",
                                "WrongEndpoint",
                                "The link link-ac starts at node-a, but fromEndpoint is node-b."),
                        new Violation(
                                "$.path.links[1]",
                                "WrongEndpoint",
                                "The link link-cd ends at node-d, but toEndpoint is node-e."));
    }

    @Test
    void anEmptyListOfLinksIsRefused() {
        assertThat(reasons(VlinkRequest.onOneNode("a").between("a", "e")))
                .containsExactly("$.path.links WrongEndpoint");
    }

    @Test
    void aLinkThatIsDownIsReportedWithTheReasonOfItsGateway() {
        world.down("link-cd");

        assertThat(violations(VlinkRequest.ofTheGuide()))
                .containsExactly(new Violation(
                        "$.path.links[1]", "LinkDown", "The link link-cd is down (PortDown): its port is down."));
    }

    @Test
    void anUnreportedLinkIsDown() {
        world.silence("link-ef").link("ef", spec -> spec);

        assertThat(violations(VlinkRequest.path("ef")))
                .contains(new Violation(
                        "$.path.links[0]",
                        "LinkDown",
                        "The link link-ef is down (NoState): no gateway has reported it yet."));
    }

    @Test
    void noNewPathCrossesALinkOrNodeInMaintenance() {
        // Given
        world.editLink("link-ac", Edits.maintenance(true));
        world.editNode("node-d", Edits.nodeMaintenance(true));
        world.editNode("node-a", Edits.nodeMaintenance(true));

        // Then
        assertThat(reasons(VlinkRequest.ofTheGuide()))
                .containsExactly(
                        "$.path.fromEndpoint Maintenance",
                        "$.path.links[0] Maintenance",
                        "$.path.links[1] Maintenance",
                        "$.reversePath.toEndpoint Maintenance",
                        "$.reversePath.links[0] Maintenance");
    }

    @Test
    void latencyIsRefusedWithTheSumAndEachLink() {
        assertThat(violations(VlinkRequest.ofTheGuide().nanos(500_000)))
                .containsExactly(new Violation(
                        "$.path.capabilities.latencyNanos",
                        "LatencyExceeded",
                        "The latencies of the links from node-a to node-e add up to 0.6 ms (link-ac 0.2 ms, "
                                + "link-cd 0.2 ms, link-de 0.2 ms); at most 0.5 ms is allowed."));
    }

    @Test
    void bandwidthIsRefusedWithTheNumbersOfEachLink() {
        world.declare("first", VlinkRequest.path("cd").bits(700_000_000)).act();

        assertThat(violations(VlinkRequest.ofTheGuide().bits(400_000_000)))
                .containsExactly(new Violation(
                        "$.path.links[1]",
                        "BandwidthExceeded",
                        "The link link-cd has 300 Mbit/s free of 1 Gbit/s; 400 Mbit/s is requested."));
    }

    @Test
    void theWayBackMustConnectTheSameEndpoints() {
        assertThat(violations(VlinkRequest.path("ac", "cd", "de").back("db", "ba")))
                .containsExactly(new Violation(
                        "$.reversePath.fromEndpoint",
                        "EndpointsDiffer",
                        "The reverse path starts at node-d, but must start at node-e, where the forward path ends."));
        assertThat(reasons(VlinkRequest.path("ac", "cd", "de").back("ed", "db")))
                .containsExactly("$.reversePath.toEndpoint EndpointsDiffer");
    }

    @Test
    void aPathIsNotMirroredOverALinkWithoutAnOpposite() {
        world.link("ce", spec -> spec);

        assertThat(violations(VlinkRequest.path("ac", "ce")))
                .containsExactly(new Violation(
                        "$.path.links[1]",
                        "NoReverseLink",
                        "There is no link opposite to link-ce, from port to-c of node-e to port to-e of node-c; declare it, "
                                + "or specify a reversePath."));
    }

    @Test
    void anOppositeLinkMustConnectTheSamePorts() {
        // Given
        world.link("ce", spec -> spec);
        world.link(
                "link-ec",
                new LinkSpec(
                        new LinkEnd("node-e", PortLocator.of("other")),
                        new LinkEnd("node-c", PortLocator.of("to-e")),
                        1_000,
                        0,
                        LinkKind.PLAIN,
                        false));

        // Then
        assertThat(reasons(VlinkRequest.path("ac", "ce"))).containsExactly("$.path.links[1] NoReverseLink");
    }

    @Test
    void aProblemOfAMirroredLinkIsReportedAtTheLinkThatItMirrors() {
        world.down("link-dc");

        assertThat(violations(VlinkRequest.path("ac", "cd")))
                .containsExactly(new Violation(
                        "$.path.links[1]",
                        "LinkDown",
                        "On the way back, the link link-dc is down (PortDown): its port is down."));
    }

    @Test
    void sayOnceThatTheyAreOnTheWayBackAndNameNoLinkTwice() {
        // Given
        world.down("link-cd").down("link-dc");

        // When
        List<String> messages = violations(
                        VlinkRequest.path("ac", "cd").nanos(100_000).bits(2_000_000_000))
                .stream()
                .map(Violation::message)
                .toList();

        // Then
        assertThat(messages).doesNotHaveDuplicates().anyMatch(said -> said.startsWith("On the way back, the link"));
        assertThat(messages).allSatisfy(said -> assertThat(said.split("[Oo]n the way back", -1))
                .hasSizeLessThanOrEqualTo(2));
        assertThat(messages)
                .filteredOn(said -> said.contains("link-dc") || said.contains("link-ca"))
                .isNotEmpty()
                .allSatisfy(said -> assertThat(said).startsWith("On the way back, "));
        assertThat(messages)
                .filteredOn(said -> said.contains("link-ac") || said.contains("link-cd"))
                .isNotEmpty()
                .noneMatch(said -> said.contains("way back"));
    }

    @Test
    void allViolationsAreReportedAtOnce() {
        world.down("link-ac").editLink("link-ed", Edits.maintenance(true));

        assertThat(reasons(VlinkRequest.path("ac", "cx", "de").nanos(1).back("ed", "ba")))
                .containsExactly(
                        "$.path.links[0] LinkDown",
                        "$.path.links[1] LinkUnknown",
                        "$.reversePath.links[0] Maintenance",
                        "$.reversePath.links[1] BrokenChain",
                        "$.path.capabilities.latencyNanos LatencyExceeded");
    }

    @Test
    void onlyTheFirstOfThousandsOfViolationsAreReported() {
        String[] links = new String[10_000];
        Arrays.setAll(links, i -> "x" + i);

        List<Violation> violations = violations(VlinkRequest.path(links));

        assertThat(violations).hasSize(201);
        assertThat(violations.getLast().message()).isEqualTo("9802 more violations are not shown.");
    }

    @Test
    void sumsOfHugeNumbersDoNotOverflow() {
        world.editLink("link-ac", Edits.latency(Long.MAX_VALUE)).editLink("link-cd", Edits.latency(Long.MAX_VALUE));

        assertThat(reasons(VlinkRequest.ofTheGuide().nanos(1_000_000).bits(Long.MAX_VALUE)))
                .contains("$.path.capabilities.latencyNanos LatencyExceeded", "$.path.links[0] BandwidthExceeded");
    }

    private List<Violation> violations(VlinkRequest request) {
        PathDecision decision = world.declare("asked", request).decide("asked");
        assertThat(decision.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(decision.current()).isNull();
        assertThat(world.restart().made()).isEmpty();
        return World.bare(decision.violations());
    }

    private List<String> reasons(VlinkRequest request) {
        return violations(request).stream()
                .map(violation -> violation.field() + " " + violation.reason())
                .toList();
    }
}
