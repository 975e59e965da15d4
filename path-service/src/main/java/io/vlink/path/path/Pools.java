package io.vlink.path.path;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.links.Link;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Route;
import io.vlink.path.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;

/**
 * Everything of one overlay that is given out once only: labels for each link, meters for each switch, circuit numbers.
 * Links that end at the same port never bear the same label, since a switch tells frames apart by in_port and label.
 */
final class Pools {

    private static final long MAX_METER = 65_535;
    private static final long MAX_CIRCUIT = 0xffff_ffffL;

    private final Topology topology;
    private final Map<LabelSpace, NumberPool> labels = new HashMap<>();
    private final Map<DatapathId, NumberPool> meters = new HashMap<>();
    private final NumberPool circuits = new NumberPool(MAX_CIRCUIT);

    private record LabelSpace(String link, Label.Kind kind) {}

    /**
     * What others have to do without.
     *
     * @param links links of which labels are missed
     * @param numbers whether meters or circuit numbers are missed
     */
    record Missed(Set<String> links, boolean numbers) {}

    Pools(Topology topology) {
        this.topology = topology;
    }

    /** Marks everything that a circuit holds as taken; false: another holds some of it already. */
    boolean claim(Circuit circuit) {
        boolean[] free = {circuits.claim(circuit.number())};
        eachNumber(circuit, (pool, number) -> free[0] &= pool.claim(number));
        return free[0];
    }

    /** Whether somebody has, or had a while ago, anything of what a circuit held. */
    boolean holdsAnyOf(Circuit circuit) {
        boolean[] held = {circuits.isHeld(circuit.number())};
        eachNumber(circuit, (pool, number) -> held[0] |= pool.isHeld(number));
        return held[0];
    }

    void rest(Circuit circuit, Instant until) {
        circuits.rest(circuit.number(), until);
        eachNumber(circuit, (pool, number) -> pool.rest(number, until));
    }

    /** What a circuit holds that others may be in want of. */
    Missed missedFor(Circuit circuit) {
        Set<String> links = new HashSet<>();
        eachLabel(circuit, (link, label) -> {
            List<String> sharers = sharers(link);
            if (!sharers.isEmpty() || labels(link, label.kind()).available() == 0) {
                links.add(link);
                links.addAll(sharers);
            }
        });
        return new Missed(links, circuits.available() == 0 || missesMeter(circuit));
    }

    void release(Circuit circuit) {
        circuits.release(circuit.number());
        eachNumber(circuit, NumberPool::release);
    }

    OptionalLong takeCircuit() {
        return circuits.take(number -> true);
    }

    OptionalLong takeMeter(DatapathId datapathId) {
        return meters(datapathId).take(number -> true);
    }

    OptionalLong takeLabel(Link link) {
        Label.Kind kind = link.spec().kind().labels();
        List<String> sharers = topology.sharingReceiver(link);
        return labels(link.id().name(), kind).take(number -> !isHeld(sharers, kind, number));
    }

    /** Gives back what was taken for a circuit just now, the last first, as if it had never been taken. */
    void giveBack(Circuit circuit) {
        List<Runnable> taken = new ArrayList<>();
        eachNumber(circuit, (pool, number) -> taken.add(() -> pool.giveBack(number)));
        taken.reversed().forEach(Runnable::run);
        circuits.giveBack(circuit.number());
    }

    void giveBackCircuit(long number) {
        circuits.giveBack(number);
    }

    void giveBackMeter(DatapathId datapathId, long number) {
        meters(datapathId).giveBack(number);
    }

    void giveBackLabel(Link link, long number) {
        labels(link.id().name(), link.spec().kind().labels()).giveBack(number);
    }

    /** Whether a link has any label left; where links share a port, {@link #takeLabel} may still find none. */
    boolean hasLabel(Link link) {
        return labels(link.id().name(), link.spec().kind().labels()).available() > 0;
    }

    /** How many labels of a link nobody has. */
    long freeLabels(Link link) {
        return labels(link.id().name(), link.spec().kind().labels()).available();
    }

    /** How many meters of a switch nobody has. */
    long freeMeters(DatapathId datapathId) {
        return meters(datapathId).available();
    }

    /** Whether a link that ends at the same port holds the same label. */
    boolean clashes(Link link, Label label) {
        return isHeld(topology.sharingReceiver(link), label.kind(), label.value());
    }

    /** What is left of a link's labels, for people. */
    String labelsLeft(Link link) {
        return labels(link.id().name(), link.spec().kind().labels()).toString();
    }

    /** What is left of a switch's meters, for people. */
    String metersLeft(DatapathId datapathId) {
        return meters(datapathId).toString();
    }

    /** What is left of the circuit numbers, for people. */
    String circuitsLeft() {
        return circuits.toString();
    }

    /** Nothing of any kind is taken or resting. */
    boolean isIdle() {
        return circuits.isIdle()
                && labels.values().stream().allMatch(NumberPool::isIdle)
                && meters.values().stream().allMatch(NumberPool::isIdle);
    }

    private boolean missesMeter(Circuit circuit) {
        boolean[] misses = {false};
        eachMeter(circuit, (pool, number) -> misses[0] |= pool.available() == 0);
        return misses[0];
    }

    private List<String> sharers(String name) {
        Link link = topology.link(name);
        return link == null ? List.of() : topology.sharingReceiver(link);
    }

    /** Whether any of these links has the label already. */
    private boolean isHeld(List<String> links, Label.Kind kind, long number) {
        for (String link : links) {
            NumberPool pool = labels.get(new LabelSpace(link, kind));
            if (pool != null && pool.isHeld(number)) {
                return true;
            }
        }
        return false;
    }

    private NumberPool labels(String link, Label.Kind kind) {
        return labels.computeIfAbsent(new LabelSpace(link, kind), space -> new NumberPool(kind.max()));
    }

    private NumberPool meters(DatapathId datapathId) {
        return meters.computeIfAbsent(datapathId, id -> new NumberPool(MAX_METER));
    }

    private void eachNumber(Circuit circuit, ObjLongConsumer<NumberPool> action) {
        eachMeter(circuit, action);
        eachLabel(circuit, (link, label) -> action.accept(labels(link, label.kind()), label.value()));
    }

    private void eachMeter(Circuit circuit, ObjLongConsumer<NumberPool> action) {
        for (Route route : List.of(circuit.forward(), circuit.reverse())) {
            if (route.meter() != null) {
                action.accept(meters(route.first().datapathId()), route.meter());
            }
        }
    }

    private static void eachLabel(Circuit circuit, BiConsumer<String, Label> action) {
        for (Route route : List.of(circuit.forward(), circuit.reverse())) {
            for (Hop hop : route.hops()) {
                if (hop.inLink() != null && hop.inLabel() != null) {
                    action.accept(hop.inLink(), hop.inLabel());
                }
            }
        }
    }
}
