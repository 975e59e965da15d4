package io.vlink.gateway.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Heard;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Links go up and down with their receiving ports. */
class LinkStatesTest {

    private static final Instant T0 = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant T1 = T0.plusSeconds(1);
    private static final DatapathId A = DatapathId.of("a");
    private static final DatapathId B = DatapathId.of("b");
    private static final ResourceId NODE_A = ResourceId.of("default/node-a");
    private static final ResourceId LINK = ResourceId.of("default/link-ab");
    private static final ResourceId NODE_B = ResourceId.of("default/node-b");

    private final LinkStates links = new LinkStates(id -> true, overlay -> true);
    private final Map<String, Port> ports = new HashMap<>();
    private long epoch = 3;
    private @Nullable String tunnelProblem;
    private @Nullable Instant heardOn;

    private LinkStates.News news(Instant now) {
        return links.news(
                id -> new LinkStates.ReceivingSwitch() {
                    @Override
                    public long epoch() {
                        return epoch;
                    }

                    @Override
                    public boolean isKnown() {
                        return !ports.isEmpty();
                    }

                    @Override
                    public Optional<Port> port(LinkEnd end) {
                        return Optional.ofNullable(ports.get(end.port().text()));
                    }

                    @Override
                    public @Nullable Instant heardOn(PortNumber port) {
                        return heardOn;
                    }

                    @Override
                    public Optional<String> tunnelProblem(ResourceId link) {
                        return Optional.ofNullable(tunnelProblem);
                    }
                },
                now);
    }

    private void port(String name, boolean up) {
        ports.put(
                name,
                new Port(new SwitchPort(B, PortNumber.of(1)), epoch, true, name, "02:00:00:00:00:01", up, 0, null));
        links.changed(B);
    }

    private static Link link(boolean withdrawn, String toPort) {
        return new Link(
                LINK,
                1,
                withdrawn,
                T0,
                new LinkSpec(
                        new LinkEnd("node-a", new PortLocator("a1")),
                        new LinkEnd("node-b", new PortLocator(toPort)),
                        1_000_000,
                        0,
                        LinkKind.PLAIN,
                        false));
    }

    private void record() {
        links.node(NODE_B, new Node(NODE_B, 1, false, T0, new NodeSpec(B, null, null, false)));
        links.link(LINK, link(false, "b1"));
    }

    @Test
    void isUpWhileTheReceivingPortIsUp() {
        // Given
        record();
        port("b1", true);
        // Then
        assertThat(news(T0).states()).containsExactly(new LinkState(LINK, 3, true, null, null, T0, null));
        // When
        port("b1", false);
        // Then
        assertThat(news(T1).states()).singleElement().satisfies(state -> {
            assertThat(state.up()).isFalse();
            assertThat(state.reason()).isEqualTo("PortDown");
            assertThat(state.since()).isEqualTo(T1);
        });
    }

    @Test
    void isDownForAReceiveFlagOfThePortAndUpForASendFlag() {
        // Given
        record();
        Hindrance flag = new Hindrance("NoReceive", "The port b1 is set to no-receive.");
        // When
        flagged(null, flag);
        // Then
        assertThat(news(T0).states())
                .containsExactly(new LinkState(LINK, 3, false, flag.reason(), flag.message(), T0, null));
        // When
        flagged(flag, null);
        // Then
        assertThat(news(T1).states()).containsExactly(new LinkState(LINK, 3, true, null, null, T1, null));
    }

    private void flagged(@Nullable Hindrance sending, @Nullable Hindrance receiving) {
        SwitchPort id = new SwitchPort(B, PortNumber.of(1));
        ports.put("b1", new Port(id, epoch, true, "b1", "02:00:00:00:00:01", true, 0, null, null, sending, receiving));
        links.changed(B);
    }

    @Test
    void reportsWhenASenderWasHeardWhileItHasNoController() {
        // Given
        links.node(NODE_A, new Node(NODE_A, 1, false, T0, new NodeSpec(A, null, null, false)));
        record();
        port("b1", true);
        news(T0);
        heardOn = T0;
        // When: the sender has a controller
        links.heard(A, sender(Switch.State.CONNECTED, 1));
        links.counted(B);
        // Then
        assertThat(news(T1).states()).isEmpty();
        // When
        links.heard(A, sender(Switch.State.DISCONNECTED, 2));
        // Then
        LinkStates.News lost = news(T1);
        assertThat(lost.states()).containsExactly(new LinkState(LINK, 3, true, null, null, T0, null, new Heard(A, T0)));
        assertThat(lost.changed()).isEmpty();
        // When: frames come in again after 2 s
        heardOn = T0.plusSeconds(2);
        links.counted(B);
        // Then: the new time is not reported yet
        assertThat(news(T1).states()).isEmpty();
        // When
        heardOn = T0.plusSeconds(4);
        links.counted(B);
        // Then
        assertThat(news(T1).states()).singleElement().satisfies(state -> assertThat(state.heard())
                .isEqualTo(new Heard(A, T0.plusSeconds(4))));
        // When: a record of an older mastership
        links.heard(A, sender(Switch.State.CONNECTED, 1));
        // Then
        assertThat(news(T1).states()).isEmpty();
        // When
        links.heard(A, sender(Switch.State.CONNECTED, 2));
        // Then
        assertThat(news(T1).states()).singleElement().satisfies(state -> assertThat(state.heard())
                .isNull());
    }

    private static Switch sender(Switch.State state, long epoch) {
        return new Switch(A, epoch, state, null, "gw", null, null, null, false, T0);
    }

    @Test
    void reportsNoStateTwice() {
        // Given
        record();
        port("b1", true);
        news(T0);
        // When
        links.changed(B);
        // Then
        assertThat(news(T1).states()).isEmpty();
    }

    @Test
    void distinguishesAnUnknownPortFromAnUnknownSwitch() {
        // Given
        record();
        // Then
        assertThat(news(T0).states()).singleElement().satisfies(state -> assertThat(state.reason())
                .isEqualTo("SwitchUnknown"));
        // When
        port("other", true);
        // Then
        assertThat(news(T1).states()).singleElement().satisfies(state -> {
            assertThat(state.reason()).isEqualTo("PortUnknown");
            assertThat(state.message()).contains("b1", "node-b");
            assertThat(state.since()).isEqualTo(T0);
        });
    }

    @Test
    void acceptsNodesAndLinksInAnyOrder() {
        // Given
        port("b1", true);
        links.link(LINK, link(false, "b1"));
        assertThat(news(T0).states()).isEmpty();
        // When
        links.node(NODE_B, new Node(NODE_B, 1, false, T0, new NodeSpec(B, null, null, false)));
        // Then
        assertThat(news(T1).states()).extracting(LinkState::up).containsExactly(true);
    }

    @Test
    void deletesTheStateOfARemovedLink() {
        // Given
        record();
        port("b1", true);
        news(T0);
        // When: the link is being removed, and circuits still cross it
        links.link(LINK, link(true, "b1"));
        assertThat(news(T1).removed()).isEmpty();
        port("b1", false);
        assertThat(news(T1).states()).extracting(LinkState::up).containsExactly(false);
        // When: no circuit crosses it any more
        links.link(LINK, null);
        // Then
        assertThat(news(T1).removed()).containsExactly(LINK);
        assertThat(news(T1).removed()).isEmpty();
    }

    @Test
    void keepsARecordedStateThatStillHolds() {
        // Given
        links.loaded(LINK, new LinkState(LINK, 3, true, null, null, T0, null));
        record();
        port("b1", true);
        // Then
        assertThat(news(T1).states()).isEmpty();
    }

    @Test
    void reportsStatesAgainUnderANewMastership() {
        // Given
        record();
        port("b1", true);
        news(T0);
        // When
        epoch = 4;
        links.changed(B);
        // Then
        assertThat(news(T1).states()).containsExactly(new LinkState(LINK, 4, true, null, null, T0, null));
    }

    @Test
    void reportsNoStateForSwitchesOfOthers() {
        // Given
        LinkStates others = new LinkStates(id -> false, overlay -> false);
        others.node(NODE_B, new Node(NODE_B, 1, false, T0, new NodeSpec(B, null, null, false)));
        others.link(LINK, link(false, "b1"));
        // Then
        assertThat(others.news(
                                id -> {
                                    throw new AssertionError("no switch may be asked");
                                },
                                T0)
                        .states())
                .isEmpty();
    }

    @Test
    void isDownWithAReasonWhileItsTunnelCannotBeCreated() {
        // Given
        links.node(NODE_B, new Node(NODE_B, 1, false, T0, new NodeSpec(B, null, null, false)));
        LinkSpec plain = link(false, "b1").spec();
        links.link(
                LINK,
                new Link(
                        LINK,
                        1,
                        false,
                        T0,
                        new LinkSpec(plain.from(), plain.to(), 1_000_000, 0, LinkKind.VXLAN, false)));
        port("b1", true);
        assertThat(news(T0).states()).singleElement().matches(LinkState::up);
        // When
        tunnelProblem = "The port b1 was not created by Vlink.";
        links.changed(B);
        // Then
        assertThat(news(T1).states()).singleElement().satisfies(state -> {
            assertThat(state.up()).isFalse();
            assertThat(state.reason()).isEqualTo("TunnelRefused");
            assertThat(state.message()).isEqualTo("The port b1 was not created by Vlink.");
        });
    }
}
