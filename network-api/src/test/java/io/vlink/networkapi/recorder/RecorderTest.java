package io.vlink.networkapi.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.usage.Claims;
import io.vlink.networkapi.usage.Usage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecorderTest {

    private static final NetworkId NET = Desk.network("n");

    private final Desk desk = new Desk();

    // ---- declaring

    @Test
    void assignsNoGenerationTwiceEvenIfKafkaLostTheRecord() {
        long generation = 7;
        desk.decided(decision(generation, Outcome.ADMITTED, circuit(), List.of()));

        assertThat(desk.granted(declare("n", "a", "b")).generation()).isEqualTo(generation + 1);
    }

    @Test
    void recordsADeclaration() {
        var granted = desk.granted(declare("n", "a", "b"));

        assertThat(granted.created()).isTrue();
        assertThat(granted.changed()).isTrue();
        assertThat(desk.recorded(Topic.NETWORKS, NET))
                .isEqualTo(new Network(NET, granted.generation(), false, Desk.NOW, spec("a", "b")));
    }

    @Test
    void aRepeatedDeclarationChangesNothing() {
        var first = desk.granted(declare("n", "a", "b"));

        var again = desk.granted(declare("n", "a", "b"));

        assertThat(again).isEqualTo(new Verdict.Granted(first.generation(), false, false, List.of()));
        assertThat(desk.written()).hasSize(1);
    }

    @Test
    void aChangeRaisesTheGeneration() {
        var first = desk.granted(declare("n", "a", "b"));

        var second = desk.granted(declare("n", "a", "c"));

        assertThat(second.generation()).isEqualTo(first.generation() + 1);
        assertThat(second.created()).isFalse();
    }

    @Test
    void requiresTheExpectedGeneration() {
        // Given
        long generation = desk.granted(declare("n", "a", "b")).generation();

        // When
        var denied = desk.denied(declare("n", "a", "c", generation + 1));
        var granted = desk.granted(declare("n", "a", "c", generation));

        // Then
        assertThat(denied.violations())
                .containsExactly(new Violation(
                        "$.ifGeneration",
                        "GenerationMismatch",
                        "The network default/default/n must have generation %d; its generation is %d."
                                .formatted(generation + 1, generation)));
        assertThat(granted.generation()).isEqualTo(generation + 1);
    }

    @Test
    void createsOnlyWhatDoesNotExist() {
        desk.granted(declare("n", "a", "b", 0L));

        assertThat(reasons(desk.denied(declare("n", "a", "b", 0L))))
                .containsExactly("$.ifGeneration GenerationMismatch");
        assertThat(reasons(desk.denied(declare("m", "a", "b", 7L))))
                .containsExactly("$.ifGeneration GenerationMismatch");
    }

    // ---- withdrawing networks

    @Test
    void keepsAWithdrawnNetworkUntilNothingIsLeftOfIt() {
        // Given
        long generation = desk.granted(declare("n", "a", "b")).generation();
        desk.decided(decision(generation, Outcome.ADMITTED, circuit(), List.of()));
        var withdrawn = desk.granted(new Request.WithdrawNetwork("", NET, null));

        // When
        desk.decided(decision(
                withdrawn.generation(),
                Outcome.WITHDRAWN,
                null,
                List.of(new CircuitRemoval(circuit(), Desk.NOW, false))));

        // Then
        assertThat(desk.recorded(Topic.NETWORKS, NET))
                .isEqualTo(new Network(NET, generation + 1, true, Desk.NOW, spec("a", "b")));

        // When
        desk.decided(decision(withdrawn.generation(), Outcome.WITHDRAWN, null, List.of()));

        // Then
        assertThat(desk.recorded(Topic.NETWORKS, NET)).isNull();
    }

    @Test
    void doesNotWaitForQuarantinedCircuits() {
        desk.granted(declare("n", "a", "b"));
        var withdrawn = desk.granted(new Request.WithdrawNetwork("", NET, null));

        desk.decided(decision(
                withdrawn.generation(),
                Outcome.WITHDRAWN,
                null,
                List.of(new CircuitRemoval(circuit(), Desk.NOW, true))));

        assertThat(desk.recorded(Topic.NETWORKS, NET)).isNull();
    }

    @Test
    void withdrawsRepeatably() {
        desk.granted(declare("n", "a", "b"));
        var first = desk.granted(new Request.WithdrawNetwork("", NET, null));

        var again = desk.granted(new Request.WithdrawNetwork("", NET, null));

        assertThat(again).isEqualTo(new Verdict.Granted(first.generation(), false, false, List.of()));
    }

    @Test
    void refusesToWithdrawAnUnknownNetwork() {
        assertThat(reasons(desk.denied(new Request.WithdrawNetwork("", NET, null))))
                .containsExactly("$.id Unknown");
    }

    @Test
    void ignoresADecisionAboutARemovedNetworkOfTheSameName() {
        desk.granted(declare("n", "a", "b"));
        long first = desk.granted(new Request.WithdrawNetwork("", NET, null)).generation();
        desk.granted(declare("n", "a", "b"));
        long second = desk.granted(new Request.WithdrawNetwork("", NET, null)).generation();

        desk.decided(decision(first, Outcome.WITHDRAWN, null, List.of()));
        assertThat(desk.recorded(Topic.NETWORKS, NET)).isNotNull();

        desk.decided(decision(second, Outcome.WITHDRAWN, null, List.of()));
        assertThat(desk.recorded(Topic.NETWORKS, NET)).isNull();
    }

    @Test
    void declaresAWithdrawnNetworkAgain() {
        desk.granted(declare("n", "a", "b"));
        long withdrawn =
                desk.granted(new Request.WithdrawNetwork("", NET, null)).generation();

        var revived = desk.granted(declare("n", "a", "b", 0L));

        assertThat(revived.created()).isTrue();
        assertThat(revived.generation()).isEqualTo(withdrawn + 1);
        desk.decided(decision(withdrawn, Outcome.WITHDRAWN, null, List.of()));
        assertThat(desk.recorded(Topic.NETWORKS, NET)).isNotNull();
    }

    @Test
    void removesNetworksDecidedWhileThePartitionHadNoOwner() {
        desk.granted(declare("n", "a", "b"));
        long withdrawn =
                desk.granted(new Request.WithdrawNetwork("", NET, null)).generation();
        Recorder successor = new Recorder(new Usage(), new Claims(), overlay -> true);
        successor.load((Network) Objects.requireNonNull(desk.recorded(Topic.NETWORKS, NET)));
        successor.load(decision(withdrawn, Outcome.WITHDRAWN, null, List.of()));

        assertThat(successor.settle())
                .containsExactly(new RecordWrite(Topic.NETWORKS, "default", NET.toString(), null));
    }

    // ---- attachments

    @Test
    void recordsAnAttachmentBeforeAndAfterItsNetwork() {
        var id = Desk.attachment("n", "ping");
        var attached = desk.granted(attach("ping"));
        desk.granted(declare("n", "a", "b"));
        long withdrawn =
                desk.granted(new Request.WithdrawNetwork("", NET, null)).generation();
        desk.decided(decision(withdrawn, Outcome.WITHDRAWN, null, List.of()));

        assertThat(desk.recorded(Topic.ATTACHMENTS, id))
                .isEqualTo(new Attachment(id, attached.generation(), false, Desk.NOW, port()));
    }

    @Test
    void removesAnAttachmentAtOnceWithARecordAndATombstone() {
        // Given
        var id = Desk.attachment("n", "ping");
        long generation = desk.granted(attach("ping")).generation();

        // When
        var withdrawn = desk.granted(new Request.WithdrawAttachment("", id, null));

        // Then
        assertThat(withdrawn.changes())
                .containsExactly(
                        new RecordWrite(
                                Topic.ATTACHMENTS,
                                "default",
                                id.toString(),
                                new Attachment(id, generation + 1, true, Desk.NOW, port())),
                        new RecordWrite(Topic.ATTACHMENTS, "default", id.toString(), null));
        assertThat(reasons(desk.denied(new Request.WithdrawAttachment("", id, null))))
                .containsExactly("$.id Unknown");
    }

    // ---- topology

    @Test
    void givesOneSwitchToOneNode() {
        // Given
        desk.granted(node("default", "node-a", 10));

        // Then
        assertThat(desk.denied(node("default", "node-b", 10)).violations())
                .containsExactly(
                        new Violation(
                                "$.spec.datapathId",
                                "Conflict",
                                "Switch 000000000000000a belongs to node default/node-a already. A switch belongs to one node."));
        assertThat(reasons(desk.denied(node("other", "node-b", 10)))).containsExactly("$.spec.datapathId Conflict");
        assertThat(desk.granted(node("default", "node-a", 10)).changed()).isFalse();
    }

    @Test
    void aSwitchIsFreeWhenItsNodeIsGone() {
        desk.granted(node("default", "node-a", 10));
        desk.granted(new Request.WithdrawNode("", new ResourceId("default", "node-a"), null));

        assertThat(desk.granted(node("default", "node-b", 10)).created()).isTrue();
    }

    @Test
    void refusesToWithdrawANodeWithLinks() {
        // Given
        desk.granted(node("default", "node-a", 10));
        desk.granted(link("link-ab", "p", "q"));
        desk.granted(link("link-ba", "q", "p"));

        // When
        var denied = desk.denied(new Request.WithdrawNode("", new ResourceId("default", "node-a"), null));

        // Then
        assertThat(denied.violations())
                .containsExactly(new Violation(
                        "$.id", "InUse", "Node default/node-a has links: link-ab, link-ba. Withdraw them first."));

        // Then: without the links it is granted
        desk.granted(new Request.WithdrawLink("", new ResourceId("default", "link-ab"), null));
        desk.granted(new Request.WithdrawLink("", new ResourceId("default", "link-ba"), null));
        desk.granted(new Request.WithdrawNode("", new ResourceId("default", "node-a"), null));
    }

    @Test
    void refusesToWithdrawANodeThatOnlyLinksName() {
        desk.granted(link("link-ab", "p", "q"));

        assertThat(reasons(desk.denied(new Request.WithdrawNode("", new ResourceId("default", "node-a"), null))))
                .containsExactly("$.id Unknown");
    }

    @Test
    void allowsOneLinkFromAndOneToAPort() {
        desk.granted(link("link-1", "p", "q"));

        assertThat(reasons(desk.denied(link("link-2", "p", "q"))))
                .containsExactly("$.spec.from Conflict", "$.spec.to Conflict");
        assertThat(reasons(desk.denied(link("link-2", "p", "r")))).containsExactly("$.spec.from Conflict");
        assertThat(desk.granted(link("link-2", "r", "s")).created()).isTrue();
    }

    // ---- making requests

    static List<String> reasons(Verdict.Denied denied) {
        return denied.violations().stream()
                .map(v -> v.field() + " " + v.reason())
                .toList();
    }

    static Request.DeclareNetwork declare(String name, String from, String to) {
        return declare(name, from, to, null);
    }

    static Request.DeclareNetwork declare(String name, String from, String to, @Nullable Long ifGeneration) {
        return new Request.DeclareNetwork("", Desk.network(name), ifGeneration, spec(from, to));
    }

    static NetworkSpec spec(String from, String to) {
        return new Vlink(new PathSpec(null, from, to, null, null), null, Protection.RESTORE);
    }

    private static Request.DeclareAttachment attach(String id) {
        return new Request.DeclareAttachment("", Desk.attachment("n", id), null, port());
    }

    private static AttachmentSpec port() {
        return new AttachmentSpec("a", new PortLocator("p"), List.of());
    }

    private static Request.DeclareNode node(String overlay, String name, long datapathId) {
        return new Request.DeclareNode(
                "", new ResourceId(overlay, name), null, new NodeSpec(new DatapathId(datapathId), null, null, false));
    }

    private static Request.DeclareLink link(String name, String from, String to) {
        return new Request.DeclareLink(
                "",
                new ResourceId("default", name),
                null,
                new LinkSpec(
                        new LinkEnd("node-a", new PortLocator(from)),
                        new LinkEnd("node-b", new PortLocator(to)),
                        1_000_000,
                        0,
                        LinkKind.PLAIN,
                        false));
    }

    private static PathDecision decision(
            long generation, Outcome outcome, @Nullable Circuit current, List<CircuitRemoval> removals) {
        return decision(NET, generation, outcome, current, removals);
    }

    static PathDecision decision(
            NetworkId id, long generation, Outcome outcome, @Nullable Circuit current, List<CircuitRemoval> removals) {
        return new PathDecision(
                id,
                new Revision(generation, 1, 0),
                outcome,
                List.of(),
                current,
                removals,
                List.of(),
                List.of(),
                Desk.NOW);
    }

    private static Circuit circuit() {
        Endpoint endpoint = new Endpoint("a", new DatapathId(1), "x", new PortNumber(1));
        Route route = new Route(null, List.of(new Hop(0, "a", new DatapathId(1), List.of(), List.of())), null, 0, null);
        return new Circuit(1, 1, List.of(endpoint, endpoint), List.of(route, route));
    }
}
