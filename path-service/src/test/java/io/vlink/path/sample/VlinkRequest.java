package io.vlink.path.sample;

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
public record VlinkRequest(PathSpec path, @Nullable PathSpec back) {

    /** Returns the guide's network, without its capabilities. */
    public static VlinkRequest ofTheGuide() {
        return path("ac", "cd", "de").back("ed", "db", "ba");
    }

    /** Returns a network with explicit links between the ends of the first and the last link. */
    public static VlinkRequest path(String... links) {
        return new VlinkRequest(explicit("there", links), null);
    }

    public static VlinkRequest onOneNode(String letter) {
        return new VlinkRequest(new PathSpec("there", "node-" + letter, "node-" + letter, List.of(), null), null);
    }

    public static VlinkRequest computed(String from, String to) {
        return new VlinkRequest(new PathSpec("there", "node-" + from, "node-" + to, null, null), null);
    }

    public VlinkRequest back(String... links) {
        return new VlinkRequest(path, explicit("back", links));
    }

    public VlinkRequest backComputed() {
        return new VlinkRequest(path, new PathSpec("back", path.toEndpoint(), path.fromEndpoint(), null, null));
    }

    public VlinkRequest bits(long bandwidthBits) {
        return new VlinkRequest(with(path, bandwidthBits, latency(path)), back);
    }

    public VlinkRequest nanos(long latencyNanos) {
        return new VlinkRequest(with(path, bandwidth(path), latencyNanos), back);
    }

    public VlinkRequest backBits(long bandwidthBits) {
        PathSpec spec = Objects.requireNonNull(back);
        return new VlinkRequest(path, with(spec, bandwidthBits, latency(spec)));
    }

    public VlinkRequest backNanos(long latencyNanos) {
        PathSpec spec = Objects.requireNonNull(back);
        return new VlinkRequest(path, with(spec, bandwidth(spec), latencyNanos));
    }

    public VlinkRequest named(String name) {
        return new VlinkRequest(
                new PathSpec(name, path.fromEndpoint(), path.toEndpoint(), path.links(), path.capabilities()), back);
    }

    public VlinkRequest between(String from, String to) {
        return new VlinkRequest(
                new PathSpec(path.name(), "node-" + from, "node-" + to, path.links(), path.capabilities()), back);
    }

    public NetworkSpec spec() {
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
