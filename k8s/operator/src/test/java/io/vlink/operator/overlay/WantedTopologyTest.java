package io.vlink.operator.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.vlink.events.links.LinkKind;
import io.vlink.operator.overlay.OverlaySpec.NodeSettings;
import io.vlink.operator.overlay.OverlaySpec.Topology;
import io.vlink.operator.overlay.OverlaySpec.TopologyLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WantedTopologyTest {

    @ParameterizedTest
    @CsvSource({
        "node-a, br-b6b52ef8, e5e40be8c6b4bf54",
        "node-b, br-a9826abb, 5b41811a51e667d1",
        "node-c, br-ca07a80f, c47d7a9b47b41652",
        "node-d, br-c895c5e7, 3ecb42c1a7f745a8",
        "node-e, br-627e5abc, dd1e1273a60a4974",
    })
    void namesSwitchesAsL2smDoes(String node, String bridge, String datapathId) {
        assertThat(SwitchNames.bridge(node)).isEqualTo(bridge);
        assertThat(SwitchNames.datapathId(node)).hasToString(datapathId);
        assertThat(SwitchNames.tunnel(node)).hasSizeLessThanOrEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource({
        "node-a, node-c, link-ac, , link-ac, link-ca",
        "node-a, node-c, , , link-ac, link-ca",
        "node-a, node-c, fast, , fast, fast-reverse",
        "node-a, node-c, fast, slow, fast, slow",
        "n1, n2, , , link-n1n2, link-n2n1",
        "east-1, west-2, , , link-east-1-west-2, link-west-2-east-1",
    })
    void namesLinksInBothDirections(
            String a, String b, @Nullable String name, @Nullable String reverse, String there, String back) {
        assertThat(LinkNames.of(link(a, b, name, reverse, null))).isEqualTo(new LinkNames(there, back));
    }

    @ParameterizedTest
    @CsvSource({
        "worker-1, worker-11, , , link-1-11, link-11-1",
        "worker-1, worker-11, link-111, , link-111, link-111-reverse",
        "worker-1, worker-11, , back, link-111, back",
        "worker-1, worker-12, , , link-112, link-121",
    })
    void namesBothDirectionsDifferently(
            String a, String b, @Nullable String name, @Nullable String reverse, String there, String back) {
        assertThat(LinkNames.of(link(a, b, name, reverse, null), taken -> false))
                .isEqualTo(new LinkNames(there, back));
    }

    @Test
    void allPairsOfNumberedNodesHaveLinksOfTheirOwnAndTheFirstKeepTheirNames() {
        // Given
        List<TopologyLink> links = new ArrayList<>();
        for (int a = 1; a <= 25; a++) {
            for (int b = a + 1; b <= 25; b++) {
                links.add(link("worker-" + a, "worker-" + b, null, null, null));
            }
        }

        // When
        WantedTopology wanted = wanted(links);

        // Then
        assertThat(wanted.problems()).isEmpty();
        assertThat(wanted.links())
                .hasSize(2 * links.size())
                .containsKeys("link-12", "link-21", "link-1-11", "link-112");
    }

    @Test
    void twoLinksBetweenTheSameNodesNeedNames() {
        // When
        WantedTopology wanted = wanted(List.of(
                link("worker-1", "worker-2", null, null, null), link("worker-1", "worker-2", null, null, null)));

        // Then
        assertThat(wanted.problems()).anyMatch(problem -> problem.contains("link-12"));
    }

    @Test
    void declaresNodesAndBothDirectionsOfEachLink() {
        // When
        WantedTopology wanted = wanted(List.of(link("node-a", "node-c", null, null, null)));

        // Then
        assertThat(wanted.problems()).isEmpty();
        assertThat(wanted.nodes().get("node-a"))
                .hasToString("{\"datapathId\":\"e5e40be8c6b4bf54\",\"tunnelAddress\":\"10.0.0.9\","
                        + "\"ovsdb\":\"tcp:10.0.0.9:6640\",\"maintenance\":false}");
        assertThat(wanted.nodes().get("node-c"))
                .hasToString(
                        "{\"datapathId\":\"c\",\"tunnelAddress\":\"10.0.0.3\",\"ovsdb\":\"tcp:10.0.0.3:6640\",\"maintenance\":true}");
        assertThat(wanted.links().get("link-ca"))
                .hasToString(
                        "{\"from\":{\"node\":\"node-c\",\"port\":\"%s\"},\"to\":{\"node\":\"node-a\",\"port\":\"%s\"},"
                                        .formatted(SwitchNames.tunnel("node-a"), SwitchNames.tunnel("node-c"))
                                + "\"capacityBits\":\"1G\",\"latencyNanos\":100000,\"kind\":\"vxlan\",\"maintenance\":false}");
    }

    @Test
    void declaresTheBestEffortFloorInBothDirections() {
        // Given
        TopologyLink link = new TopologyLink(
                "node-a",
                "node-c",
                null,
                null,
                new IntOrString("1G"),
                new IntOrString("100M"),
                new IntOrString(100_000),
                LinkKind.VXLAN,
                null,
                null,
                null);

        // When
        WantedTopology wanted = wanted(List.of(link));

        // Then
        assertThat(wanted.links().values()).hasSize(2).allSatisfy(spec -> assertThat(
                        spec.path("bestEffortFloorBits").asText())
                .isEqualTo("100M"));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.7, tcp:10.0.0.7:6640", "fd00::7, tcp:[fd00::7]:6640"})
    void declaresOvsdbAtTheAddressOfTheNode(String address, String ovsdb) {
        OverlaySpec spec = overlay(new Topology(List.of("node-a", "unheard-of"), List.of(), List.of()));

        WantedTopology wanted = WantedTopology.of(spec, Map.of("node-a", address), true);

        assertThat(String.valueOf(wanted.nodes().get("node-a"))).contains("\"ovsdb\":\"" + ovsdb + "\"");
        assertThat(String.valueOf(wanted.nodes().get("unheard-of")))
                .contains("datapathId")
                .doesNotContain("ovsdb");
    }

    @Test
    void reportsContradictions() {
        assertThat(wanted(List.of(
                                link("node-a", "node-c", null, null, null),
                                link("node-a", "node-c", "second", null, null)))
                        .problems())
                .anySatisfy(problem -> assertThat(problem).contains("link-ac and second would share the port"));
        assertThat(wanted(List.of(
                                link("node-a", "node-c", null, null, "p1"),
                                link("node-a", "node-c", "link-ac", "x", "p2")))
                        .problems())
                .containsExactly("Two links would have the name link-ac. State name and reverseName of one of them.");
    }

    @Test
    void declaresNoOvsdbForSwitchesOfAnExistingPool() {
        OverlaySpec spec = overlay(new Topology(List.of("node-a"), List.of(), List.of()));

        assertThat(WantedTopology.of(spec, Map.of("node-a", "10.0.0.9"), false)
                        .nodes()
                        .toString())
                .contains("10.0.0.9")
                .doesNotContain("ovsdb");
    }

    private static OverlaySpec overlay(Topology topology) {
        return new OverlaySpec(null, null, null, topology, null, null);
    }

    private static WantedTopology wanted(List<TopologyLink> links) {
        return WantedTopology.of(
                overlay(new Topology(
                        List.of("node-a", "node-c"),
                        links,
                        List.of(new NodeSettings("node-c", "c", "10.0.0.3", "tcp:10.0.0.3:6640", true)))),
                Map.of("node-a", "10.0.0.9"),
                true);
    }

    private static TopologyLink link(
            String a, String b, @Nullable String name, @Nullable String reverse, @Nullable String port) {
        return new TopologyLink(
                a,
                b,
                name,
                reverse,
                new IntOrString("1G"),
                null,
                new IntOrString(100_000),
                LinkKind.VXLAN,
                port,
                port,
                null);
    }
}
