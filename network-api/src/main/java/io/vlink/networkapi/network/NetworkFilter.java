package io.vlink.networkapi.network;

import io.vlink.events.networks.Network;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Vlink;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.networkapi.http.Query;
import jakarta.ws.rs.QueryParam;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of a list of networks. */
public final class NetworkFilter {

    /** The phases, and {@code UNKNOWN}: shown while the service that would confirm the phase is missing. */
    private enum PhaseFilter {
        PENDING,
        UNKNOWN,
        REFUSED,
        WAITING,
        PROGRAMMING,
        READY,
        DEGRADED,
        REMOVING,
        REMOVED
    }

    @QueryParam("phase")
    @Parameter(
            description = "Only those in this phase",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {
                                "Pending",
                                "Unknown",
                                "Refused",
                                "Waiting",
                                "Programming",
                                "Ready",
                                "Degraded",
                                "Removing",
                                "Removed"
                            }))
    @Nullable String phase;

    @QueryParam("ready")
    @Parameter(
            description = "Only those that are Ready (true) or not (false)",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Nullable String ready;

    @QueryParam("node")
    @Parameter(
            description = "Only those that end at or cross the node of this name",
            schema = @Schema(type = SchemaType.STRING))
    @Nullable String node;

    @QueryParam("link")
    @Parameter(
            description = "Only those that cross or ask for the link of this name",
            schema = @Schema(type = SchemaType.STRING))
    @Nullable String link;

    boolean allows(Network network, NetworkTarget target) {
        PhaseFilter wanted = Query.constant("phase", phase, PhaseFilter.class);
        Boolean wantsReady = Query.flag("ready", ready);
        if (wanted != null || wantsReady != null) {
            String now = target.show(network).status().phase();
            if ((wanted != null && !wanted.name().equalsIgnoreCase(now))
                    || (wantsReady != null && wantsReady != now.equals("Ready"))) {
                return false;
            }
        }
        String atNode = node;
        String overLink = link;
        return (atNode == null
                        || declares(network, spec -> isEndpoint(spec, atNode))
                        || crosses(target.decision(), circuit -> nodes(circuit, atNode)))
                && (overLink == null
                        || declares(network, spec -> names(spec, overLink))
                        || crosses(target.decision(), circuit -> links(circuit, overLink)));
    }

    private static boolean declares(Network network, Predicate<PathSpec> wanted) {
        return switch (network.spec()) {
            case Vlink vlink ->
                Stream.of(vlink.path(), vlink.reversePath())
                        .flatMap(Stream::ofNullable)
                        .anyMatch(wanted);
        };
    }

    private static boolean crosses(@Nullable PathDecision decision, Predicate<Circuit> wanted) {
        return decision != null && decision.current() != null && wanted.test(decision.current());
    }

    private static boolean isEndpoint(PathSpec spec, String node) {
        return spec.fromEndpoint().equals(node) || spec.toEndpoint().equals(node);
    }

    private static boolean names(PathSpec spec, String link) {
        return spec.links() != null && spec.links().contains(link);
    }

    private static boolean nodes(Circuit circuit, String node) {
        return circuit.nodes().contains(node);
    }

    private static boolean links(Circuit circuit, String link) {
        return circuit.links().contains(link);
    }
}
