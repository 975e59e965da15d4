package io.vlink.path.path;

import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A user's request for a network in short form: {@code Wish.path("ac", "cd", "de").back("ed", "db", "ba")}. */
record Wish(PathSpec path, @Nullable PathSpec back) {

    /** Returns the guide's network, without its capabilities. */
    static Wish ofTheGuide() {
        return path("ac", "cd", "de").back("ed", "db", "ba");
    }

    /** Returns a network with explicit links between the ends of the first and the last link. */
    static Wish path(String... links) {
        return new Wish(explicit("there", links), null);
    }

    static Wish onOneNode(String letter) {
        return new Wish(new PathSpec("there", "node-" + letter, "node-" + letter, List.of(), null), null);
    }

    static Wish computed(String from, String to) {
        return new Wish(new PathSpec("there", "node-" + from, "node-" + to, null, null), null);
    }

    Wish back(String... links) {
        return new Wish(path, explicit("back", links));
    }

    Wish backComputed() {
        return new Wish(path, new PathSpec("back", path.toEndpoint(), path.fromEndpoint(), null, null));
    }

    Wish bits(long bandwidthBits) {
        return new Wish(with(path, bandwidthBits, latency(path)), back);
    }

    Wish nanos(long latencyNanos) {
        return new Wish(with(path, bandwidth(path), latencyNanos), back);
    }

    Wish backBits(long bandwidthBits) {
        PathSpec spec = Objects.requireNonNull(back);
        return new Wish(path, with(spec, bandwidthBits, latency(spec)));
    }

    Wish backNanos(long latencyNanos) {
        PathSpec spec = Objects.requireNonNull(back);
        return new Wish(path, with(spec, bandwidth(spec), latencyNanos));
    }

    Wish named(String name) {
        return new Wish(
                new PathSpec(name, path.fromEndpoint(), path.toEndpoint(), path.links(), path.capabilities()), back);
    }

    Wish between(String from, String to) {
        return new Wish(
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
