package io.vlink.path.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Lane;
import java.util.Objects;

/** The guide's network with a bandwidth, attached at both ends: {@code live}, with the workloads ping and pong. */
public final class LiveVlink {

    /** The bandwidth in bit/s; a link has no room for it twice. */
    public static final long MOST = 800_000_000;

    private LiveVlink() {}

    public static World world() {
        World world = World.ofTheGuide();
        world.declare("live", VlinkRequest.ofTheGuide().bits(MOST))
                .attach("live", "ping", "node-a", "tap-1")
                .attach("live", "pong", "node-e", "tap-1");
        assertThat(world.admitted("live").installable()).isTrue();
        return world;
    }

    /** Returns the lane by which the forward route enters a node. */
    public static Lane arriving(Circuit circuit, String node) {
        return circuit.route(Direction.FORWARD).spans().stream()
                .filter(span -> span.receiver().node().equals(node))
                .findFirst()
                .orElseThrow()
                .lane();
    }

    public static PortNumber portAt(Circuit circuit, String node) {
        return Objects.requireNonNull(arriving(circuit, node).inPort());
    }
}
