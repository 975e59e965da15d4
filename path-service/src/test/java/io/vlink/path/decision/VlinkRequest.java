package io.vlink.path.decision;

import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A user's request for a network in short form: {@code VlinkRequest.path("ac", "cd", "de").back("ed", "db", "ba")}. */
record VlinkRequest(PathSpec path, @Nullable PathSpec back) {

    /** Returns the guide's network, without its capabilities. */
    static VlinkRequest ofTheGuide() {
        return path("ac", "cd", "de").back("ed", "db", "ba");
    }

    /** Returns a network with explicit links between the ends of the first and the last link. */
    static VlinkRequest path(String... links) {
        return new VlinkRequest(explicit("there", links), null);
    }

    static VlinkRequest onOneNode(String letter) {
        return new VlinkRequest(new PathSpec("there", "node-" + letter, "node-" + letter, List.of(), null), null);
    }

    static VlinkRequest computed(String from, String to) {
        return new VlinkRequest(new PathSpec("there", "node-" + from, "node-" + to, null, null), null);
    }

    VlinkRequest back(String... links) {
        return new VlinkRequest(path, explicit("back", links));
    }

    VlinkRequest backComputed() {
        return new VlinkRequest(path, new PathSpec("back", path.toEndpoint(), path.fromEndpoint(), null, null));
    }

    VlinkRequest bits(long bandwidthBits) {
        return new VlinkRequest(with(path, bandwidthBits, latency(path)), back);
    }

    VlinkRequest nanos(long latencyNanos) {
        return new VlinkRequest(with(path, bandwidth(path), latencyNanos), back);
    }

    VlinkRequest backBits(long bandwidthBits) {
        PathSpec spec = Objects.requireNonNull(back);
        return new VlinkRequest(path, with(spec, bandwidthBits, latency(spec)));
    }

    VlinkRequest backNanos(long latencyNanos) {
        PathSpec spec = Objects.requireNonNull(back);
        return new VlinkRequest(path, with(spec, bandwidth(spec), latencyNanos));
    }

    VlinkRequest named(String name) {
        return new VlinkRequest(
                new PathSpec(name, path.fromEndpoint(), path.toEndpoint(), path.links(), path.capabilities()), back);
    }

    VlinkRequest between(String from, String to) {
        return new VlinkRequest(
                new PathSpec(path.name(), "node-" + from, "node-" + to, path.links(), path.capabilities()), back);
    }

    NetworkSpec spec() {
        return new Vlink(path, back, path.links() == null ? Protection.RESTORE : Protection.NONE);
    }

    private static PathSpec explicit(String name, String... links) {
        return new PathSpec(
                name,
                "node-" + links[0].charAt(0),
                "node-" + links[links.length - 1].charAt(1),
                Arrays.stream(links).map(link -> "link-" + link).toList(),
                null);
    }

    private static PathSpec with(PathSpec spec, @Nullable Long bits, @Nullable Long nanos) {
        return new PathSpec(
                spec.name(), spec.fromEndpoint(), spec.toEndpoint(), spec.links(), new Capabilities(bits, nanos));
    }

    private static @Nullable Long bandwidth(PathSpec spec) {
        Capabilities capabilities = spec.capabilities();
        return capabilities == null ? null : capabilities.bandwidthBits();
    }

    private static @Nullable Long latency(PathSpec spec) {
        Capabilities capabilities = spec.capabilities();
        return capabilities == null ? null : capabilities.latencyNanos();
    }
}
