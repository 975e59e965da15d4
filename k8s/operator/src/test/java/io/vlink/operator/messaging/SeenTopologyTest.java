package io.vlink.operator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.ResourceId;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.switches.Switch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The known nodes and links after their records were added, and notifications of changes. */
final class SeenTopologyTest {

    private static final DatapathId SWITCH = DatapathId.of("a");
    private static final ResourceId NODE = new ResourceId("o", "node-a");
    private static final ResourceId LINK = new ResourceId("o", "link-ab");

    private final List<String> told = new ArrayList<>();
    private final SeenTopology seen = new SeenTopology(told::add);

    @Test
    void withdrawnNodesAndLinksAreBeingRemovedUntilTheirRecordIsDeleted() {
        // Given
        seen.take(NODE, node(NODE, false));
        seen.take(LINK, link(false));
        assertThat(seen.node(NODE)).isEqualTo(node(NODE, false));
        assertThat(seen.link(LINK)).isEqualTo(link(false));
        assertThat(seen.isNodeBeingRemoved(NODE)).isFalse();

        // When
        seen.take(NODE, node(NODE, true));
        seen.take(LINK, link(true));

        // Then
        assertThat(seen.node(NODE)).isNull();
        assertThat(seen.link(LINK)).isNull();
        assertThat(seen.isNodeBeingRemoved(NODE)).isTrue();
        assertThat(seen.isLinkBeingRemoved(LINK)).isTrue();

        // When
        seen.take(NODE, (Node) null);
        seen.take(LINK, (Link) null);

        // Then
        assertThat(seen.isNodeBeingRemoved(NODE)).isFalse();
        assertThat(seen.isLinkBeingRemoved(LINK)).isFalse();
        assertThat(told).hasSize(6).containsOnly("o");
    }

    @Test
    void notifiesEachOverlayWithTheSwitchOnce() {
        // Given
        ResourceId elsewhere = new ResourceId("p", "node-x");
        ResourceId again = new ResourceId("p", "node-y");
        seen.take(NODE, node(NODE, false));
        seen.take(elsewhere, node(elsewhere, false));
        seen.take(again, node(again, false));
        told.clear();

        // When
        seen.take(SWITCH, connected());
        seen.take(DatapathId.of("b"), connected());

        // Then
        assertThat(told).containsExactlyInAnyOrder("o", "p");
        assertThat(seen.switchSeen(SWITCH)).isEqualTo(connected());
        assertThat(seen.nodes("p")).hasSize(2);
    }

    @Test
    void clearDropsAllNodesAndLinks() {
        // Given
        seen.take(NODE, node(NODE, false));
        seen.take(LINK, link(true));
        seen.take(LINK, new LinkState(LINK, 1, true, null, null, Instant.EPOCH, null));
        seen.take(SWITCH, connected());

        // When
        seen.clear();

        // Then
        assertThat(seen.nodes("o")).isEmpty();
        assertThat(seen.isLinkBeingRemoved(LINK)).isFalse();
        assertThat(seen.linkState(LINK)).isNull();
        assertThat(seen.switchSeen(SWITCH)).isNull();
    }

    private static Node node(ResourceId id, boolean withdrawn) {
        return new Node(id, 1, withdrawn, Instant.EPOCH, new NodeSpec(SWITCH, null, null, false));
    }

    private static Link link(boolean withdrawn) {
        LinkSpec spec = new LinkSpec(
                new LinkEnd("node-a", PortLocator.of("uplink")),
                new LinkEnd("node-b", PortLocator.of(1)),
                1_000,
                5_000,
                LinkKind.PLAIN,
                false);
        return new Link(LINK, 1, withdrawn, Instant.EPOCH, spec);
    }

    private static Switch connected() {
        return new Switch(SWITCH, 1, Switch.State.CONNECTED, null, "g", null, null, null, false, Instant.EPOCH);
    }
}
