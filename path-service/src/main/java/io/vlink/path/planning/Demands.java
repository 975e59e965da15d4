package io.vlink.path.planning;

import io.vlink.events.Direction;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a network requests. Code that plans, admits, checks or watches uses demands only, and is independent of the
 * kinds of networks.
 *
 * @param endpoints nodes where workloads are attached
 * @param all the demand from each endpoint, beginning with the first
 */
public record Demands(List<String> endpoints, List<Demand> all) {

    private static final String PATH = "$.path";
    private static final String REVERSE_PATH = "$.reversePath";

    public Demands {
        endpoints = List.copyOf(endpoints);
        all = List.copyOf(all);
    }

    public static Demands of(NetworkSpec spec) {
        return switch (spec) {
            case Vlink vlink -> ofVlink(vlink);
        };
    }

    private static Demands ofVlink(Vlink vlink) {
        PathSpec there = vlink.path();
        PathSpec back = vlink.reversePath();
        Protection protection = vlink.protection();
        Demand first = written(there, PATH, 0, 1, protection);
        Demand second = back == null
                ? new Demand(
                        PATH,
                        null,
                        1,
                        0,
                        there.toEndpoint(),
                        there.fromEndpoint(),
                        null,
                        there.capabilities(),
                        0,
                        protection)
                : written(back, REVERSE_PATH, 1, 0, protection);
        return new Demands(List.of(there.fromEndpoint(), there.toEndpoint()), List.of(first, second));
    }

    private static Demand written(PathSpec path, String field, int enters, int leaves, Protection protection) {
        return new Demand(
                field,
                path.name(),
                enters,
                leaves,
                path.fromEndpoint(),
                path.toEndpoint(),
                path.links(),
                path.capabilities(),
                null,
                protection);
    }

    /** Returns one of the two directions of a vlink. */
    public Demand of(Direction direction) {
        return switch (direction) {
            case FORWARD -> all.getFirst();
            case REVERSE -> all.getLast();
        };
    }

    /** Returns the field of a direction that still exists but is no longer requested. */
    public static String fieldOf(int way) {
        return way == 0 ? PATH : REVERSE_PATH;
    }

    /** Returns the demand that the user wrote: this one, or the one that it mirrors. */
    public Demand written(Demand demand) {
        return demand.mirrorOf() == null ? demand : all.get(demand.mirrorOf());
    }

    /** Returns the demand that mirrors the given one; null: none does. */
    @Nullable Demand mirror(int demand) {
        for (Demand other : all) {
            if (other.mirrorOf() != null && other.mirrorOf() == demand) {
                return other;
            }
        }
        return null;
    }

    /** Returns whether the path must be moved around a failed link. */
    public boolean restores() {
        for (Demand demand : all) {
            if (demand.protection() == Protection.RESTORE) {
                return true;
            }
        }
        return false;
    }
}
