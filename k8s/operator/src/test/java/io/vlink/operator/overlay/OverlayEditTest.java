package io.vlink.operator.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.links.LinkKind;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.operator.overlay.OverlaySpec.NodeSettings;
import io.vlink.operator.overlay.OverlaySpec.Topology;
import io.vlink.operator.overlay.OverlaySpec.TopologyLink;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OverlayEditTest {

    private static final OverlaySpec BEFORE = overlay(null, link("node-a", "node-b"), link("node-b", "node-c"));
    private static final OverlayStatus OWNED =
            status(List.of("node-a", "node-b", "node-c"), List.of("link-ab", "link-ba", "link-bc", "link-cb"));

    /** Two networks cross a and b; a circuit of one of them, now being removed, also crosses c. */
    private static final List<PathDecision> DECISIONS = List.of(
            decision("secret-one", circuit("node-a", "link-ab", "link-ba", "node-b"), null),
            decision(
                    "secret-two",
                    circuit("node-a", "link-ab", "link-ba", "node-b"),
                    circuit("node-b", "link-bc", "link-cb", "node-c")));

    @Test
    void warnsAboutAMovedLinkWithTheNumberOfNetworksButNotTheirNames() {
        // Given
        OverlaySpec after =
                overlay(null, link("node-a", "node-b", "eth7", "eth7", LinkKind.VXLAN), link("node-b", "node-c"));

        // When
        List<String> warnings = OverlayEdit.warnings(BEFORE, after, OWNED, DECISIONS);

        // Then
        assertThat(warnings)
                .containsExactly(
                        "InUse: the link link-ab: 2 networks cross it; networks move to another path where possible,"
                                + " others stay on the old wire",
                        "InUse: the link link-ba: 2 networks cross it; networks move to another path where possible,"
                                + " others stay on the old wire")
                .allSatisfy(warning -> assertThat(warning).hasSizeLessThan(256).doesNotContain("secret"));
    }

    @Test
    void treatsAnotherKindAsAnotherWire() {
        OverlaySpec before = overlay(null, link("node-a", "node-b", "p1", "p2", LinkKind.VXLAN));
        OverlaySpec after = overlay(null, link("node-a", "node-b", "p1", "p2", LinkKind.PLAIN));

        assertThat(OverlayEdit.warnings(before, after, OWNED, DECISIONS)).hasSize(2);
    }

    @Test
    void warnsAboutARemovedLinkWhileCircuitsOverItAreBeingRemoved() {
        OverlaySpec after = overlay(null, link("node-a", "node-b"));

        assertThat(OverlayEdit.warnings(BEFORE, after, OWNED, DECISIONS))
                .containsExactly(
                        "InUse: the link link-bc: 0 networks cross it, 1 is leaving it; no new path may cross it, and it is"
                                + " deleted once no path does",
                        "InUse: the link link-cb: 0 networks cross it, 1 is leaving it; no new path may cross it, and it is"
                                + " deleted once no path does");
    }

    @Test
    void warnsAboutANodeThatGetsAnotherSwitch() {
        OverlaySpec after = overlay("77", link("node-a", "node-b"), link("node-b", "node-c"));

        assertThat(OverlayEdit.warnings(BEFORE, after, OWNED, DECISIONS))
                .containsExactly("InUse: the node node-a: 2 networks cross it; networks move to another path where"
                        + " possible, others stay on the old wire");
    }

    @Test
    void warnsAboutEverythingWhenTheOverlayIsDeleted() {
        assertThat(OverlayEdit.warnings(BEFORE, null, OWNED, DECISIONS))
                .hasSize(7)
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("InUse: the node node-b: 2 networks cross it; no new path may cross it"));
    }

    @Test
    void doesNotWarnAboutOtherSettingsNorAboutUnusedOrForeignLinks() {
        // Given
        TopologyLink maintained = new TopologyLink(
                "node-a",
                "node-b",
                null,
                null,
                new IntOrString("2G"),
                new IntOrString("100M"),
                new IntOrString(7),
                LinkKind.VXLAN,
                null,
                null,
                true);

        // Then
        assertThat(OverlayEdit.warnings(BEFORE, overlay(null, maintained, link("node-b", "node-c")), OWNED, DECISIONS))
                .isEmpty();
        assertThat(OverlayEdit.warnings(BEFORE, null, OWNED, List.of())).isEmpty();
        assertThat(OverlayEdit.warnings(BEFORE, null, status(List.of(), List.of()), DECISIONS))
                .isEmpty();
        assertThat(OverlayEdit.warnings(BEFORE, null, null, DECISIONS)).isEmpty();
    }

    private static OverlaySpec overlay(@Nullable String datapathOfA, TopologyLink... links) {
        List<NodeSettings> settings =
                datapathOfA == null ? List.of() : List.of(new NodeSettings("node-a", datapathOfA, null, null, null));
        return new OverlaySpec(
                null,
                null,
                null,
                new Topology(List.of("node-a", "node-b", "node-c"), List.of(links), settings),
                null,
                null);
    }

    private static TopologyLink link(String a, String b) {
        return link(a, b, null, null, LinkKind.VXLAN);
    }

    private static TopologyLink link(
            String a, String b, @Nullable String portA, @Nullable String portB, LinkKind kind) {
        return new TopologyLink(
                a, b, null, null, new IntOrString("1G"), null, new IntOrString(1), kind, portA, portB, null);
    }

    private static OverlayStatus status(List<String> nodes, List<String> links) {
        return new OverlayStatus(1L, "", null, null, null, nodes, links);
    }

    private static PathDecision decision(String name, Circuit current, @Nullable Circuit removal) {
        return new PathDecision(
                new NetworkId("default", "tenant", name),
                new Revision(1, 1, 0),
                Outcome.ADMITTED,
                List.of(),
                current,
                removal == null ? List.of() : List.of(new CircuitRemoval(removal, Instant.EPOCH, false)),
                List.of(),
                List.of(),
                Instant.EPOCH);
    }

    private static Circuit circuit(String from, String there, String back, String to) {
        DatapathId a = SwitchNames.datapathId(from);
        DatapathId b = SwitchNames.datapathId(to);
        return new Circuit(
                1,
                1,
                List.of(new Endpoint(from, a, null, null), new Endpoint(to, b, null, null)),
                List.of(route(0, from, a, lane(there), to, b), route(1, to, b, lane(back), from, a)));
    }

    private static Lane lane(String link) {
        return new Lane(link, Label.of("vlan:1"), null, null, null, null);
    }

    private static Route route(int end, String from, DatapathId here, Lane lane, String to, DatapathId there) {
        return new Route(
                null,
                List.of(
                        Hop.straight(from, here, new AtEndpoint(end), Face.working(lane, 1)),
                        Hop.straight(to, there, lane, Face.working(new AtEndpoint(1 - end), null))),
                null,
                1,
                null);
    }
}
