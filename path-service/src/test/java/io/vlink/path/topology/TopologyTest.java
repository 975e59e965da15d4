package io.vlink.path.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.switches.Port;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TopologyTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final DatapathId SWITCH = DatapathId.of("a");

    private final PortTable ports = new PortTable();
    private final Topology topology = new Topology(ports, Duration.ofSeconds(60));

    @Test
    void aLateRecordOfAnOlderGenerationChangesNothing() {
        assertThat(topology.put(node(2, false))).isTrue();
        assertThat(topology.put(node(1, true))).isFalse();
        assertThat(topology.put(node(2, false))).isFalse();

        assertThat(topology.node("node-a")).isNotNull();
        assertThat(topology.put(node(3, true))).isTrue();
        assertThat(topology.node("node-a")).isNull();
    }

    @Test
    void aLateRecordOfAnOlderEpochChangesNothing() {
        assertThat(topology.put(state(2, true), NOW, false).outage()).isTrue();
        assertThat(topology.put(state(1, false), NOW, false)).isEqualTo(LinkChange.NOTHING);

        assertThat(topology.outage("link-ab")).isNull();
    }

    @Test
    void aLinkIsDownUntilItIsReportedUp() {
        assertThat(topology.outage("link-ab")).isEqualTo(Outage.NO_STATE);
    }

    @Test
    void aDownLinkWithoutAReasonIsStillDown() {
        topology.put(state(1, false), NOW, false);

        assertThat(topology.outage("link-ab")).isEqualTo(new Outage("Down", "its gateway reports it down", NOW));
    }

    @Test
    void declaredLatencyCountsWithoutAMeasurement() {
        Link link = link("link-ab");
        assertThat(topology.latencyNanos(link)).isEqualTo(5_000);

        topology.put(measured(7_000L), NOW, false);
        assertThat(topology.latencyNanos(link)).isEqualTo(7_000);
        topology.put(measured(null), NOW, false);
        assertThat(topology.latencyNanos(link)).isEqualTo(5_000);
    }

    @Test
    void linksAreFoundAtAPortByAnyOfItsNames() {
        topology.put(node(1, false));
        ports.put(port(3, "uplink", 1), NOW);
        topology.put(link("link-ab"));

        assertThat(topology.linksAt(new SwitchPort(SWITCH, new PortNumber(3)))).containsExactly("link-ab");
        assertThat(topology.linksAt(new SwitchPort(SWITCH, new PortNumber(4)))).isEmpty();
    }

    @Test
    void aPortMayHaveANameThatIsNoLocator() {
        topology.put(node(1, false));
        ports.put(port(3, "a/b c", 1), NOW);
        ports.put(port(4, "", 1), NOW);
        ports.put(port(5, "3", 1), NOW);

        assertThat(topology.linksAt(new SwitchPort(SWITCH, new PortNumber(3)))).isEmpty();
        assertThat(ports.locators(new SwitchPort(SWITCH, new PortNumber(5)))).containsExactly("5");
        assertThat(ports.find(SWITCH, PortLocator.of("3"))).isEqualTo(new PortNumber(3));
    }

    @Test
    void aRenamedPortIsFoundByItsNewNameOnly() {
        ports.put(port(3, "old", 1), NOW);

        assertThat(ports.put(port(3, "new", 1), NOW)).containsExactlyInAnyOrder("3", "old", "new");

        assertThat(ports.find(SWITCH, PortLocator.of("old"))).isNull();
        assertThat(ports.find(SWITCH, PortLocator.of("new"))).isEqualTo(new PortNumber(3));
        assertThat(ports.put(port(3, "late", 0), NOW)).isEmpty();
        assertThat(ports.remove(new SwitchPort(SWITCH, new PortNumber(3)))).containsExactlyInAnyOrder("3", "new");
        assertThat(ports.find(SWITCH, PortLocator.of("new"))).isNull();
    }

    @Test
    void theMtuOfAPortIsKnownWhileItIsPresent() {
        // Given
        SwitchPort id = new SwitchPort(SWITCH, new PortNumber(3));
        ports.put(port(3, "p", 1), NOW);
        assertThat(ports.mtu(id)).isNull();

        // Then
        assertThat(ports.put(new Port(id, 1, true, "p", "02:00:00:00:00:01", true, 0, 1_600), NOW))
                .containsExactlyInAnyOrder("3", "p");
        assertThat(ports.mtu(id)).isEqualTo(1_600);
        assertThat(ports.put(new Port(id, 1, true, "p", "02:00:00:00:00:02", true, 10, 1_600), NOW))
                .isEmpty();

        // When
        ports.put(new Port(id, 1, false, "p", "02:00:00:00:00:01", false, 0, 1_600), NOW);

        // Then
        assertThat(ports.mtu(id)).isNull();
        assertThat(ports.mtu(new SwitchPort(SWITCH, new PortNumber(4)))).isNull();
    }

    private static Node node(long generation, boolean withdrawn) {
        return new Node(
                new ResourceId("o", "node-a"), generation, withdrawn, NOW, new NodeSpec(SWITCH, null, null, false));
    }

    private static Link link(String name) {
        LinkSpec spec = new LinkSpec(
                new LinkEnd("node-a", PortLocator.of("uplink")),
                new LinkEnd("node-b", PortLocator.of(1)),
                1_000,
                5_000,
                LinkKind.PLAIN,
                false);
        return new Link(new ResourceId("o", name), 1, false, NOW, spec);
    }

    private static LinkState state(long epoch, boolean up) {
        return new LinkState(new ResourceId("o", "link-ab"), epoch, up, null, null, NOW, null);
    }

    private static LinkState measured(@Nullable Long nanos) {
        return new LinkState(new ResourceId("o", "link-ab"), 1, true, null, null, NOW, nanos);
    }

    private static Port port(long number, String name, long epoch) {
        return new Port(
                new SwitchPort(SWITCH, new PortNumber(number)), epoch, true, name, "02:00:00:00:00:01", true, 0, null);
    }
}
