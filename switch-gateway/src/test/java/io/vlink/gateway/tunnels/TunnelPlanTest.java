package io.vlink.gateway.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.ResourceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The changes where the ports that exist differ from the tunnels that are wanted. */
class TunnelPlanTest {

    private static final ResourceId AC = ResourceId.of("default/link-ac");
    private static final Tunnel TUNNEL = tunnel("vx-c", "10.0.0.3", AC);

    private static Tunnel tunnel(String port, String remote, ResourceId link) {
        return new Tunnel(port, "10.0.0.1", remote, 4789, List.of(link));
    }

    private static WantedTunnels want(Tunnel... tunnels) {
        return new WantedTunnels(List.of(tunnels), Map.of());
    }

    private static FoundPort found(
            String name,
            boolean here,
            Map<String, String> marks,
            String type,
            Map<String, String> options,
            @Nullable String error) {
        return new FoundPort(name, "p-" + name, here ? "br0" : "br1", here, marks, "i-" + name, type, options, error);
    }

    private static FoundPort ours(Tunnel tunnel) {
        return found(tunnel.port(), true, tunnel.marks(), "vxlan", tunnel.options(), null);
    }

    @Test
    void createsMissingTunnelsAndNoneTwice() {
        assertThat(TunnelPlan.of(want(TUNNEL), List.of()))
                .isEqualTo(new TunnelPlan(List.of(new TunnelPlan.Create(TUNNEL)), List.of(), Map.of()));
        assertThat(TunnelPlan.of(want(TUNNEL), List.of(ours(TUNNEL))))
                .isEqualTo(new TunnelPlan(List.of(), List.of(), Map.of()));
    }

    @Test
    void amendsInPlaceAndRemovesUnwantedTunnels() {
        Tunnel moved = tunnel("vx-c", "10.0.0.33", AC);

        assertThat(TunnelPlan.of(want(moved), List.of(ours(TUNNEL))).changes())
                .containsExactly(new TunnelPlan.Amend(ours(TUNNEL), moved));
        assertThat(TunnelPlan.of(WantedTunnels.NONE, List.of(ours(TUNNEL))).changes())
                .containsExactly(new TunnelPlan.Remove(ours(TUNNEL)));
    }

    @Test
    void leavesPortsOfOthersAndOfOtherBridgesAlone() {
        // Given
        FoundPort fits = found("vx-c", true, Map.of(), "vxlan", Map.of("key", "flow", "remote_ip", "10.0.0.3"), null);
        FoundPort unfit = found("vx-c", true, Map.of(), "vxlan", Map.of("key", "7", "remote_ip", "10.0.0.3"), null);
        FoundPort elsewhere = found("vx-c", false, TUNNEL.marks(), "internal", Map.of(), null);
        FoundPort unknown = found("vx-z", true, Map.of(), "vxlan", Map.of("remote_ip", "10.0.0.9"), null);

        // Then
        assertThat(TunnelPlan.of(want(TUNNEL), List.of(fits, unknown)))
                .isEqualTo(new TunnelPlan(List.of(), List.of(), Map.of()));
        assertThat(TunnelPlan.of(want(TUNNEL), List.of(unfit))).satisfies(plan -> {
            assertThat(plan.changes()).isEmpty();
            assertThat(plan.problems().get(AC)).contains("not created by Vlink", "key=flow, remote_ip=10.0.0.3");
        });
        assertThat(TunnelPlan.of(want(TUNNEL), List.of(elsewhere))).satisfies(plan -> {
            assertThat(plan.changes()).isEmpty();
            assertThat(plan.problems().get(AC)).contains("on the bridge br1");
        });
        assertThat(TunnelPlan.of(WantedTunnels.NONE, List.of(elsewhere, unknown))
                        .changes())
                .isEmpty();
    }

    @Test
    void reportsThatOpenVSwitchAllowsOneTunnelOfAKind() {
        // Given
        ResourceId second = ResourceId.of("other/link-xy");
        Tunnel same = tunnel("vx-d", "10.0.0.3", second);

        // When
        TunnelPlan both = TunnelPlan.of(want(same, TUNNEL), List.of());

        // Then
        assertThat(both.changes()).containsExactly(new TunnelPlan.Create(TUNNEL));
        assertThat(both.problems()).containsOnlyKeys(second);
        assertThat(both.problems().get(second)).contains("vx-d cannot be created", "vx-c", "10.0.0.3", "4789");

        // When
        // An existing tunnel keeps its place, even against a name that sorts first.
        TunnelPlan later = TunnelPlan.of(want(same, TUNNEL), List.of(ours(same)));

        // Then
        assertThat(later.changes()).isEmpty();
        assertThat(later.problems()).containsOnlyKeys(AC);

        // When
        FoundPort onAnother = found("vx-q", false, Map.of(), "vxlan", TUNNEL.options(), null);
        TunnelPlan taken = TunnelPlan.of(want(TUNNEL), List.of(onAnother));

        // Then
        assertThat(taken.changes()).isEmpty();
        assertThat(taken.problems().get(AC)).contains("vx-q of br1");
    }

    @Test
    void passesOnTheErrorOfOpenVSwitch() {
        // Given
        FoundPort failed =
                found("vx-c", true, TUNNEL.marks(), "vxlan", TUNNEL.options(), "could not add network device");

        // When
        TunnelPlan plan = TunnelPlan.of(want(TUNNEL), List.of(failed));

        // Then
        assertThat(plan.problems().get(AC))
                .isEqualTo("Open vSwitch could not create the port vx-c: could not add network device");
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.failed()).containsExactly(failed);

        // When: another tunnel is in the way
        FoundPort inTheWay = found("vx-q", false, Map.of(), "vxlan", TUNNEL.options(), null);

        // Then
        assertThat(TunnelPlan.of(want(TUNNEL), List.of(failed, inTheWay)).failed())
                .isEmpty();
    }
}
