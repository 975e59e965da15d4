package io.vlink.networkapi.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.AttachmentId;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.requests.Request;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each record names the requester of its last change. */
final class RequestedByTest {

    private static final NetworkId NET = Desk.network("n");
    private static final AttachmentId ATT = Desk.attachment("n", "i");
    private static final ResourceId NODE = new ResourceId("default", "node-a");
    private static final ResourceId LINK = new ResourceId("default", "link-ab");
    private static final DatapathId SWITCH = DatapathId.of("000000000000000a");

    private final Desk desk = new Desk();

    @Test
    void isTheOneWhoDeclared() {
        // When
        desk.granted(new Request.DeclareNode("", NODE, null, node(SWITCH), "carol"));
        desk.granted(new Request.DeclareLink("", LINK, null, link(0), "dave"));
        desk.granted(network("b", "alice"));
        desk.granted(new Request.DeclareAttachment("", ATT, null, attachment(), "bob"));

        // Then
        assertThat(desk.recorded(Topic.NODES, NODE))
                .isInstanceOfSatisfying(Node.class, is -> by(is.requestedBy(), "carol"));
        assertThat(desk.recorded(Topic.LINKS, LINK))
                .isInstanceOfSatisfying(Link.class, is -> by(is.requestedBy(), "dave"));
        assertThat(desk.recorded(Topic.ATTACHMENTS, ATT))
                .isInstanceOfSatisfying(Attachment.class, is -> by(is.requestedBy(), "bob"));
        by(recorded().requestedBy(), "alice");
    }

    @Test
    void isTheOneWhoChangedItLast() {
        desk.granted(network("b", "alice"));

        desk.granted(network("c", "bob"));
        by(recorded().requestedBy(), "bob");

        desk.granted(network("d", null));
        by(recorded().requestedBy(), null);
    }

    @Test
    void aRequestWithoutAChangeDoesNotChangeIt() {
        desk.granted(network("b", "alice"));

        desk.granted(network("b", "bob"));

        by(recorded().requestedBy(), "alice");
        assertThat(desk.written()).hasSize(1);
    }

    @Test
    void aRefusedRequestDoesNotChangeIt() {
        desk.granted(network("b", "alice"));

        desk.denied(new Request.DeclareNetwork("", NET, 77L, spec("c"), "bob"));

        by(recorded().requestedBy(), "alice");
    }

    @Test
    void isTheOneWhoWithdrewANetworkOrAttachment() {
        // Given
        desk.granted(network("b", "alice"));
        desk.granted(new Request.DeclareAttachment("", ATT, null, attachment(), "alice"));

        // When
        desk.granted(new Request.WithdrawNetwork("", NET, null, "bob"));
        desk.granted(new Request.WithdrawAttachment("", ATT, null, "bob"));

        // Then
        assertThat(recorded().withdrawn()).isTrue();
        by(recorded().requestedBy(), "bob");
        assertThat(withdrawn(Topic.ATTACHMENTS))
                .singleElement()
                .isInstanceOfSatisfying(Attachment.class, is -> by(is.requestedBy(), "bob"));
    }

    @Test
    void isTheOneWhoWithdrewANodeOrALink() {
        // Given
        desk.granted(new Request.DeclareNode("", NODE, null, node(SWITCH), "carol"));
        desk.granted(new Request.DeclareLink("", LINK, null, link(0), "carol"));

        // When
        desk.granted(new Request.WithdrawLink("", LINK, null, "dave"));
        desk.granted(new Request.WithdrawNode("", NODE, null, "dave"));

        // Then
        assertThat(withdrawn(Topic.LINKS))
                .singleElement()
                .isInstanceOfSatisfying(Link.class, is -> by(is.requestedBy(), "dave"));
        assertThat(withdrawn(Topic.NODES))
                .singleElement()
                .isInstanceOfSatisfying(Node.class, is -> by(is.requestedBy(), "dave"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isKnownToTheNextOwner(boolean compacted) {
        desk.granted(network("b", "alice"));

        desk.takeOver(compacted);
        desk.granted(network("b", "bob"));

        by(recorded().requestedBy(), "alice");
    }

    /** The switch belongs to another overlay's node; the refusal does not reveal that node's requester. */
    @Test
    void isHiddenFromOtherOverlays() {
        desk.granted(new Request.DeclareNode("", NODE, null, node(SWITCH), "carol"));

        var denied = desk.denied(
                new Request.DeclareNode("", new ResourceId("other", "node-a"), null, node(SWITCH), "mallory"));
        var taken = desk.denied(
                new Request.DeclareNode("", new ResourceId("default", "node-b"), null, node(SWITCH), "mallory"));

        assertThat(denied.toString() + taken).doesNotContain("carol");
    }

    private List<Record> withdrawn(Topic topic) {
        return desk.written().stream()
                .filter(change -> change.topic() == topic)
                .flatMap(change -> Stream.ofNullable(change.record()))
                .filter(record -> switch (record) {
                    case Node is -> is.withdrawn();
                    case Link is -> is.withdrawn();
                    case Attachment is -> is.withdrawn();
                    default -> false;
                })
                .toList();
    }

    private Network recorded() {
        return Stream.ofNullable(desk.recorded(Topic.NETWORKS, NET))
                .map(Network.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void by(@Nullable String is, @Nullable String expected) {
        assertThat(is).isEqualTo(expected);
    }

    private static Request network(String to, @Nullable String by) {
        return new Request.DeclareNetwork("", NET, null, spec(to), by);
    }

    private static NetworkSpec spec(String to) {
        return new Vlink(new PathSpec(null, "a", to, null, null), null, Protection.RESTORE);
    }

    private static NodeSpec node(DatapathId datapathId) {
        return new NodeSpec(datapathId, null, null, false);
    }

    private static LinkSpec link(long latencyNanos) {
        return new LinkSpec(
                new LinkEnd("node-a", new PortLocator("p")),
                new LinkEnd("node-b", new PortLocator("q")),
                1_000_000,
                latencyNanos,
                LinkKind.PLAIN,
                false);
    }

    private static AttachmentSpec attachment() {
        return new AttachmentSpec("a", new PortLocator("p"), List.of());
    }
}
