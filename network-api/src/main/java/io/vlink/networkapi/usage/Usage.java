package io.vlink.networkapi.usage;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the networks that use each link, node and switch, and the bandwidth that they reserve on links. Decisions
 * arrive by the thousand and usage is rarely queried, so decisions are counted at the next query. Until then, each
 * network costs only its entry in {@link #uncounted}. Thread-safe.
 */
public final class Usage {

    /** By network: the decision that is counted, and the current one. */
    private final Map<NetworkId, Recount> uncounted = new HashMap<>();

    private final Map<Thing, Use> uses = new HashMap<>();
    private final Map<ResourceId, Long> reserved = new HashMap<>();

    private record Recount(
            @Nullable PathDecision counted, @Nullable PathDecision now) {}

    public synchronized Use of(Thing thing) {
        count();
        return uses.getOrDefault(thing, Use.NONE);
    }

    /** Returns the bandwidth that all networks together reserve on a link, in bit/s. */
    public synchronized long reservedOn(ResourceId link) {
        count();
        return reserved.getOrDefault(link, 0L);
    }

    /** Returns the use of a switch in all overlays. Scans everything in use, so call it rarely. */
    public synchronized Use of(DatapathId datapathId) {
        count();
        return uses.entrySet().stream()
                .filter(entry -> entry.getKey() instanceof Thing.OfSwitch of
                        && of.datapathId().equals(datapathId))
                .map(Map.Entry::getValue)
                .reduce(Use.NONE, (one, other) -> one.plus(other.current(), other.leaving()));
    }

    /** Removes all counts. */
    public synchronized void clear() {
        uncounted.clear();
        uses.clear();
        reserved.clear();
    }

    /** Replaces a network's decision. */
    public synchronized void replace(@Nullable PathDecision before, @Nullable PathDecision after) {
        PathDecision either = after == null ? before : after;
        if (either != null) {
            uncounted.compute(either.id(), (id, known) -> {
                PathDecision counted = known == null ? before : known.counted();
                return counted == null && after == null ? null : new Recount(counted, after);
            });
        }
    }

    private void count() {
        for (Recount recount : uncounted.values()) {
            count(recount.now(), 1);
            count(recount.counted(), -1);
        }
        uncounted.clear();
    }

    private void count(@Nullable PathDecision decision, int sign) {
        if (decision == null) {
            return;
        }
        String overlay = decision.id().overlay();
        Set<Thing> current = new HashSet<>();
        if (decision.current() != null) {
            collect(overlay, decision.current(), current);
        }
        Set<Thing> removing = new HashSet<>();
        for (CircuitRemoval removal : decision.retiring()) {
            collect(overlay, removal.circuit(), removing);
        }
        removing.removeAll(current);
        current.forEach(thing -> add(thing, sign, 0));
        removing.forEach(thing -> add(thing, 0, sign));
        Reserved.of(decision)
                .forEach((link, bits) -> reserved.merge(new ResourceId(overlay, link), sign * bits, Usage::nonZeroSum));
    }

    /** Returns the sum; null: nothing is reserved any more. */
    private static @Nullable Long nonZeroSum(Long one, Long other) {
        long sum = one + other;
        return sum == 0 ? null : sum;
    }

    private static void collect(String overlay, Circuit circuit, Set<Thing> things) {
        for (Route route : circuit.routes()) {
            for (Hop hop : route.hops()) {
                things.add(new Thing.OfNode(new ResourceId(overlay, hop.node())));
                things.add(new Thing.OfSwitch(overlay, hop.datapathId()));
            }
            for (Side side : route.sides()) {
                if (side.sending()) {
                    things.add(
                            new Thing.OfLink(new ResourceId(overlay, side.lane().link())));
                }
            }
        }
    }

    private void add(Thing thing, int current, int removing) {
        uses.compute(thing, (key, held) -> {
            Use next = (held == null ? Use.NONE : held).plus(current, removing);
            return next.unused() ? null : next;
        });
    }
}
