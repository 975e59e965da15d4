package io.vlink.path.allocation;

import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.links.Link;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All resources of one overlay that have a single owner: labels at each side of each wire, meters of each switch, circuit
 * numbers. A label is held at both sides: a switch uses it to distinguish the frames that arrive at a port, and two vlinks that
 * leave by one port must not look alike, since the connections of ports may change.
 */
public final class Pools {

    private static final long MAX_METER = 65_535;
    private static final long MAX_CIRCUIT = 0xffff_ffffL;

    private final Wires wires;
    /** By kind, and by side of a wire. */
    private final Map<Label.LabelKind, Map<WireSide, NumberPool>> labels = new EnumMap<>(Label.LabelKind.class);

    private final Map<DatapathId, NumberPool> meters = new HashMap<>();
    private final NumberPool circuits = new NumberPool(MAX_CIRCUIT);
    /** Numbers of circuits that hold a resource which another circuit held before them. */
    private final Set<Long> clashing = new HashSet<>();

    /**
     * Resources that other networks may be waiting for.
     *
     * @param links links whose labels may have run out
     * @param numbers whether meters or circuit numbers have run out
     */
    public record Missed(Set<String> links, boolean numbers) {}

    public Pools(Wires wires) {
        this.wires = wires;
    }

    /** Marks all resources of a circuit as taken; false: another network holds some of them already. */
    public boolean claim(@Nullable NetworkId owner, Circuit circuit) {
        boolean[] free = {circuits.claim(owner, circuit.number())};
        eachMeter(circuit, (pool, number) -> free[0] &= pool.claim(owner, number));
        boolean clashes = !claimLabels(owner, circuit) || !free[0];
        if (clashes) {
            clashing.add(circuit.number());
        }
        return !clashes;
    }

    /** Returns whether a circuit holds a resource that another held before it, which must never happen. */
    public boolean isClashing(Circuit circuit) {
        return !clashing.isEmpty() && clashing.contains(circuit.number());
    }

    /** Marks the labels of a circuit as taken at its present sides; false: another network has one of them already. */
    public boolean claimLabels(@Nullable NetworkId owner, Circuit circuit) {
        boolean[] free = {true};
        eachLabel(circuit, (pool, label) -> free[0] &= pool.claim(owner, label));
        return free[0];
    }

    /** Ends one holding of each label of a circuit at its former sides. */
    public void releaseLabels(Circuit circuit) {
        eachLabel(circuit, NumberPool::release);
    }

    /** Returns whether a label is free at one side of a wire from this network's point of view. */
    public boolean isFree(NetworkId owner, WireSide side, Label label) {
        NumberPool pool = labels.getOrDefault(label.kind(), Map.of()).get(side);
        return pool == null || pool.isFreeFor(owner, label.value());
    }

    /** Returns whether another owner has any resource of a circuit, or had it until a while ago. */
    public boolean isHeldByOther(@Nullable NetworkId owner, Circuit circuit) {
        boolean[] held = {circuits.isHeld(circuit.number())};
        eachMeter(circuit, (pool, number) -> held[0] |= !pool.isFreeFor(owner, number));
        eachLabel(circuit, (pool, label) -> held[0] |= !pool.isFreeFor(owner, label));
        return held[0];
    }

    /**
     * Puts the resources of a circuit into quarantine.
     *
     * @param owner the network that may take its labels back before the quarantine is over; null: none
     */
    public void quarantine(@Nullable NetworkId owner, Circuit circuit, Instant until) {
        circuits.quarantine(null, circuit.number(), until);
        eachMeter(circuit, (pool, number) -> pool.quarantine(null, number, until));
        eachLabel(circuit, (pool, label) -> pool.quarantine(owner, label, until));
    }

    /** Returns the resources of a circuit that others may be waiting for. */
    public Missed missedFor(Circuit circuit) {
        Set<String> links = new HashSet<>();
        for (Side side : circuit.sides()) {
            WireSide where = WireSide.of(side);
            Collection<String> there = wires.linksWith(where);
            if (there.size() > 1 || labels(where, side.lane().label().kind()).available() == 0) {
                links.addAll(there);
            }
        }
        return new Missed(links, circuits.available() == 0 || missesMeter(circuit));
    }

    public void release(Circuit circuit) {
        clashing.remove(circuit.number());
        circuits.release(circuit.number());
        eachMeter(circuit, NumberPool::release);
        eachLabel(circuit, NumberPool::release);
    }

    public OptionalLong takeCircuit(NetworkId owner) {
        return circuits.take(owner, number -> true);
    }

    public OptionalLong takeMeter(NetworkId owner, DatapathId datapathId) {
        return meters(datapathId).take(owner, number -> true);
    }

    /** Takes a label that is free at both sides of the wire where the link is declared. */
    public OptionalLong takeLabel(NetworkId owner, Link link) {
        List<NumberPool> sides = labels(link);
        NumberPool first = sides.getFirst();
        OptionalLong taken = first.take(owner, number -> isFreeBehind(sides, number));
        taken.ifPresent(number -> sides.subList(1, sides.size()).forEach(other -> other.claim(owner, number)));
        return taken;
    }

    private static boolean isFreeBehind(List<NumberPool> sides, long number) {
        for (int i = 1; i < sides.size(); i++) {
            if (sides.get(i).isHeld(number)) {
                return false;
            }
        }
        return true;
    }

    /** Gives back the resources just taken for a circuit, the last first, as if they had never been taken. */
    public void giveBack(Circuit circuit) {
        List<Runnable> taken = new ArrayList<>();
        eachMeter(circuit, (pool, number) -> taken.add(() -> pool.giveBack(number)));
        eachLabel(circuit, (pool, label) -> taken.add(() -> pool.giveBack(label)));
        taken.reversed().forEach(Runnable::run);
        circuits.giveBack(circuit.number());
    }

    public void giveBackCircuit(long number) {
        circuits.giveBack(number);
    }

    public void giveBackMeter(DatapathId datapathId, long number) {
        meters(datapathId).giveBack(number);
    }

    public void giveBackLabel(Link link, long number) {
        labels(link).forEach(pool -> pool.giveBack(number));
    }

    /** Returns whether a link has any label left; if wires share a port, {@link #takeLabel} may still find none. */
    public boolean hasLabel(Link link) {
        return freeLabels(link) > 0;
    }

    /** Returns the number of free labels of a link. */
    public long freeLabels(Link link) {
        long free = link.spec().kind().labels().max();
        for (NumberPool side : labels(link)) {
            free = Math.min(free, side.available());
        }
        return free;
    }

    /** Returns the number of free meters of a switch. */
    public long freeMeters(DatapathId datapathId) {
        return meters(datapathId).available();
    }

    /** Describes the labels left on a link, for people. */
    public String labelsLeft(Link link) {
        return Collections.min(labels(link), Comparator.comparingLong(NumberPool::available))
                .toString();
    }

    /** Describes the meters left on a switch, for people. */
    public String metersLeft(DatapathId datapathId) {
        return meters(datapathId).toString();
    }

    /** Describes the circuit numbers left, for people. */
    public String circuitsLeft() {
        return circuits.toString();
    }

    /** Returns whether no resource is taken or in quarantine. */
    public boolean isIdle() {
        return circuits.isIdle()
                && labels.values().stream()
                        .flatMap(sides -> sides.values().stream())
                        .allMatch(NumberPool::isIdle)
                && meters.values().stream().allMatch(NumberPool::isIdle);
    }

    private boolean missesMeter(Circuit circuit) {
        boolean[] misses = {false};
        eachMeter(circuit, (pool, number) -> misses[0] |= pool.available() == 0);
        return misses[0];
    }

    private List<NumberPool> labels(Link link) {
        Label.LabelKind kind = link.spec().kind().labels();
        List<WireSide> sides = wires.sides(link);
        List<NumberPool> pools = new ArrayList<>(sides.size());
        for (WireSide side : sides) {
            pools.add(labels(side, kind));
        }
        return pools;
    }

    private NumberPool labels(WireSide side, Label.LabelKind kind) {
        Map<WireSide, NumberPool> sides = labels.computeIfAbsent(kind, none -> new HashMap<>());
        NumberPool known = sides.get(side);
        if (known == null) {
            known = new NumberPool(kind.max());
            sides.put(side, known);
        }
        return known;
    }

    private NumberPool meters(DatapathId datapathId) {
        return meters.computeIfAbsent(datapathId, id -> new NumberPool(MAX_METER));
    }

    private void eachMeter(Circuit circuit, ObjLongConsumer<NumberPool> action) {
        for (Route route : circuit.routes()) {
            if (route.meter() != null) {
                action.accept(meters(route.first().datapathId()), route.meter());
            }
        }
    }

    private void eachLabel(Circuit circuit, ObjLongConsumer<NumberPool> action) {
        for (Route route : circuit.routes()) {
            for (Side side : route.sides()) {
                Label label = side.lane().label();
                action.accept(labels(WireSide.of(side), label.kind()), label.value());
            }
        }
    }
}
