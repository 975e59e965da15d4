package io.vlink.path.path;

import io.vlink.events.Direction;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a network asks for. Code that plans, admits, checks or watches knows demands alone, and not what kinds of networks there
 * are.
 *
 * @param ends nodes where workloads are to be attached
 * @param all the way of what each end sends: the first end's first
 */
record Demands(List<String> ends, List<Demand> all) {

    private static final String PATH = "$.path";
    private static final String REVERSE_PATH = "$.reversePath";

    Demands {
        ends = List.copyOf(ends);
        all = List.copyOf(all);
    }

    static Demands of(NetworkSpec spec) {
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

    /** One of the two ways of a vlink. */
    Demand of(Direction direction) {
        return switch (direction) {
            case FORWARD -> all.getFirst();
            case REVERSE -> all.getLast();
        };
    }

    /** The field of a way that is there though it is asked for no more. */
    static String fieldOf(int way) {
        return way == 0 ? PATH : REVERSE_PATH;
    }

    /** The demand that the user wrote: this one, or the one that it mirrors. */
    Demand written(Demand demand) {
        return demand.mirrorOf() == null ? demand : all.get(demand.mirrorOf());
    }

    /** The demand that has the opposite links of another one; null: none has. */
    @Nullable Demand mirror(int demand) {
        for (Demand other : all) {
            if (other.mirrorOf() != null && other.mirrorOf() == demand) {
                return other;
            }
        }
        return null;
    }

    /** Whether another path is to be sought where a link fails. */
    boolean restores() {
        for (Demand demand : all) {
            if (demand.protection() == Protection.RESTORE) {
                return true;
            }
        }
        return false;
    }
}
