package io.vlink.operator.overlay;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages about nodes and links that are not up. */
final class OverlayHealthTest {

    private static final Instant MADE = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant SINCE = Instant.parse("2026-11-28T13:00:00Z");
    private static final DatapathId SWITCH = DatapathId.of("a");

    @Test
    void reportsASwitchThatHasNotConnectedYet() {
        assertThat(OverlayHealth.ofNode("node-a", null, null))
                .isEqualTo("The switch of the node node-a has not connected yet.");
        assertThat(OverlayHealth.ofNode("node-a", node(), null))
                .isEqualTo("The switch of the node node-a has not connected yet (waiting since 2026-11-28T12:00:00Z).");
        assertThat(OverlayHealth.ofNode("node-a", node(), aSwitch(Switch.State.CONNECTED, null)))
                .isNull();
    }

    @Test
    void reportsAnAwayOrRefusedSwitchWithTheReason() {
        assertThat(OverlayHealth.ofNode("node-a", node(), aSwitch(Switch.State.DISCONNECTED, "It answers no more.")))
                .isEqualTo("The switch of the node node-a has been away since 2026-11-28T13:00:00Z: It answers no"
                        + " more.");
        assertThat(OverlayHealth.ofNode(
                        "node-a", node(), aSwitch(Switch.State.REFUSED, "Its fail mode is standalone.")))
                .isEqualTo("The switch of the node node-a has been away since 2026-11-28T13:00:00Z: Its fail mode is"
                        + " standalone.");
    }

    @Test
    void reportsALinkThatNoGatewayHasReportedYet() {
        assertThat(OverlayHealth.ofLink("link-ab", null, null))
                .isEqualTo("No gateway has reported the link link-ab yet.");
        assertThat(OverlayHealth.ofLink("link-ab", link(), null))
                .isEqualTo("No gateway has reported the link link-ab yet (waiting since 2026-11-28T12:00:00Z).");
        assertThat(OverlayHealth.ofLink("link-ab", link(), state(true, null))).isNull();
    }

    @Test
    void reportsALinkThatIsDownWithTheReason() {
        assertThat(OverlayHealth.ofLink("link-ab", link(), state(false, "No probe comes through.")))
                .isEqualTo("The link link-ab has been down since 2026-11-28T13:00:00Z: No probe comes through.");
    }

    private static Node node() {
        return new Node(new ResourceId("o", "node-a"), 1, false, MADE, new NodeSpec(SWITCH, null, null, false));
    }

    private static Switch aSwitch(Switch.State state, @Nullable String reason) {
        return new Switch(SWITCH, 1, state, reason, "g", null, null, null, false, SINCE);
    }

    private static Link link() {
        LinkSpec spec = new LinkSpec(
                new LinkEnd("node-a", PortLocator.of("uplink")),
                new LinkEnd("node-b", PortLocator.of(1)),
                1_000,
                5_000,
                LinkKind.PLAIN,
                false);
        return new Link(new ResourceId("o", "link-ab"), 1, false, MADE, spec);
    }

    private static LinkState state(boolean up, @Nullable String message) {
        return new LinkState(new ResourceId("o", "link-ab"), 1, up, null, message, SINCE, null);
    }
}
