package io.vlink.path.path;

import io.vlink.events.Violation;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.paths.RefusalReason;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans both directions of a network, or names everything that stands in the way. Takes nothing. */
final class Planner {

    private static final String PATH = "$.path";
    private static final String REVERSE_PATH = "$.reversePath";
    /** The reason that stands for all that are not shown. */
    static final String MORE = "MoreViolations";

    private static final int MAX_VIOLATIONS = 200;

    private final Wires wires;
    private final PathValidation validation;
    private final Admission admission;
    private final ComputedPath computed;

    Planner(Topology topology, LinkHealth health, Wires wires, Reservations reservations, Pools pools) {
        this.wires = wires;
        this.validation = new PathValidation(topology, health);
        this.admission = new Admission(topology, wires, reservations);
        this.computed = new ComputedPath(topology, health, wires, admission, pools);
    }

    Plan plan(NetworkSpec spec, Holding own) {
        List<Violation> violations = new ArrayList<>();
        Leg forward = leg(spec.path(), PATH, spec.reversePath() == null, Map.of(), own, violations);
        Leg reverse = reverse(spec, forward, own, violations);
        List<Leg> legs = Stream.of(forward, reverse).flatMap(Stream::ofNullable).toList();
        legs.forEach(leg -> validation.checkSwitches(leg, violations));
        admission.check(legs, own, violations);
        return forward != null && reverse != null && violations.isEmpty()
                ? new Plan.Granted(forward, reverse)
                : new Plan.Refused(bounded(violations.stream().distinct().toList()));
    }

    /** A decision has to fit into one record, whatever a user asks for. */
    private static List<Violation> bounded(List<Violation> violations) {
        if (violations.size() <= MAX_VIOLATIONS) {
            return violations;
        }
        List<Violation> first = new ArrayList<>(violations.subList(0, MAX_VIOLATIONS));
        first.add(new Violation(
                "$",
                RefusalReason.MoreViolations,
                "%d more are not shown.".formatted(violations.size() - MAX_VIOLATIONS)));
        return first;
    }

    private @Nullable Leg reverse(NetworkSpec spec, @Nullable Leg forward, Holding own, List<Violation> violations) {
        PathSpec back = spec.reversePath();
        if (back == null) {
            return forward == null ? null : validation.mirrored(forward, violations);
        }
        checkEndsMatch(spec.path(), back, violations);
        Map<WireSide, Long> besides = new HashMap<>();
        if (forward != null) {
            forward.links().forEach(link -> wires.sides(link).forEach(side -> besides.put(side, forward.reserved())));
        }
        return leg(back, REVERSE_PATH, false, besides, own, violations);
    }

    private @Nullable Leg leg(
            PathSpec spec,
            String field,
            boolean mirrored,
            Map<WireSide, Long> besides,
            Holding own,
            List<Violation> violations) {
        List<String> links = spec.links();
        if (links != null) {
            return validation.explicit(spec, links, field, violations);
        }
        int before = violations.size();
        validation.checkEndpoints(spec, field, violations);
        if (violations.size() > before) {
            return null;
        }
        Leg wanted = new Leg(field, spec, List.of(), List.of());
        return computed.find(new ComputedPath.Search(wanted, mirrored, besides, own), violations);
    }

    private static void checkEndsMatch(PathSpec there, PathSpec back, List<Violation> violations) {
        if (!back.fromEndpoint().equals(there.toEndpoint())) {
            violations.add(new Violation(
                    REVERSE_PATH + ".fromEndpoint",
                    RefusalReason.EndpointsDiffer,
                    "The way back starts at %s, but must start at %s, where the way there ends."
                            .formatted(back.fromEndpoint(), there.toEndpoint())));
        }
        if (!back.toEndpoint().equals(there.fromEndpoint())) {
            violations.add(new Violation(
                    REVERSE_PATH + ".toEndpoint",
                    RefusalReason.EndpointsDiffer,
                    "The way back ends at %s, but must end at %s, where the way there starts."
                            .formatted(back.toEndpoint(), there.fromEndpoint())));
        }
    }
}
