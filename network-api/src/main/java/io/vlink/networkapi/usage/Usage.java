package io.vlink.networkapi.usage;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Retiring;
import io.vlink.events.paths.Route;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * How many networks use each link, node and switch, counted decision by decision. Written by one thread, read by any: a
 * reader may find one more than there are while a decision is taken in, never fewer.
 */
public final class Usage {

    private final ConcurrentMap<Thing, Use> uses = new ConcurrentHashMap<>();

    public Use of(Thing thing) {
        return uses.getOrDefault(thing, Use.NONE);
    }

    /** Of a switch, in whichever overlays. Looks at all that is used: for what is seldom asked. */
    public Use of(DatapathId datapathId) {
        return uses.entrySet().stream()
                .filter(entry -> entry.getKey() instanceof Thing.OfSwitch of
                        && of.datapathId().equals(datapathId))
                .map(Map.Entry::getValue)
                .reduce(Use.NONE, (one, other) -> one.plus(other.current(), other.leaving()));
    }

    /** Nothing of what was counted is so any more. */
    public void clear() {
        uses.clear();
    }

    /** One decision takes the place of another about the same network. */
    public void replace(@Nullable PathDecision before, @Nullable PathDecision after) {
        if (crossTheSame(before, after)) {
            return;
        }
        count(after, 1);
        count(before, -1);
    }

    /** Most decisions after the first are about something else. */
    private static boolean crossTheSame(@Nullable PathDecision before, @Nullable PathDecision after) {
        if (before == null || after == null) {
            return before == null && after == null;
        }
        if (!crossTheSame(before.current(), after.current())
                || before.retiring().size() != after.retiring().size()) {
            return false;
        }
        for (int i = 0; i < after.retiring().size(); i++) {
            if (!crossTheSame(
                    before.retiring().get(i).circuit(), after.retiring().get(i).circuit())) {
                return false;
            }
        }
        return true;
    }

    private static boolean crossTheSame(@Nullable Circuit before, @Nullable Circuit after) {
        if (before == null || after == null) {
            return before == null && after == null;
        }
        return crossTheSame(before.forward().hops(), after.forward().hops())
                && crossTheSame(before.reverse().hops(), after.reverse().hops());
    }

    private static boolean crossTheSame(List<Hop> before, List<Hop> after) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < after.size(); i++) {
            Hop one = before.get(i);
            Hop other = after.get(i);
            boolean same = one.node().equals(other.node())
                    && one.datapathId().equals(other.datapathId())
                    && (one.outLink() == null
                            ? other.outLink() == null
                            : one.outLink().equals(other.outLink()));
            if (!same) {
                return false;
            }
        }
        return true;
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
        Set<Thing> leaving = new HashSet<>();
        for (Retiring retiring : decision.retiring()) {
            collect(overlay, retiring.circuit(), leaving);
        }
        leaving.removeAll(current);
        current.forEach(thing -> add(thing, sign, 0));
        leaving.forEach(thing -> add(thing, 0, sign));
    }

    private static void collect(String overlay, Circuit circuit, Set<Thing> things) {
        collect(overlay, circuit.forward(), things);
        collect(overlay, circuit.reverse(), things);
    }

    private static void collect(String overlay, Route route, Set<Thing> things) {
        for (Hop hop : route.hops()) {
            things.add(new Thing.OfNode(new ResourceId(overlay, hop.node())));
            things.add(new Thing.OfSwitch(overlay, hop.datapathId()));
            if (hop.outLink() != null) {
                things.add(new Thing.OfLink(new ResourceId(overlay, hop.outLink())));
            }
        }
    }

    private void add(Thing thing, int current, int leaving) {
        uses.compute(thing, (key, held) -> {
            Use next = (held == null ? Use.NONE : held).plus(current, leaving);
            return next.unused() ? null : next;
        });
    }
}
