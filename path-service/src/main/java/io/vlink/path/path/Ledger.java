package io.vlink.path.path;

import io.vlink.events.NetworkId;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Resting;
import io.vlink.events.paths.Retiring;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of one overlay: what each network holds and reserves, and who waits for it. Whoever might gain by what
 * becomes free is put on the agenda.
 */
final class Ledger {

    private static final Comparator<Resting> LATEST_FIRST =
            Comparator.comparing(Resting::until).reversed();

    private final Topology topology;
    private final Pools pools;
    private final Reservations reservations;
    private final NetworkIndex index;
    private final Waiting waiting;
    private final Agenda agenda;
    private final AbandonedLinks abandoned;
    private final Map<Long, Resting> resting = new HashMap<>();
    private final List<Resting> begun = new ArrayList<>();
    private final List<Resting> over = new ArrayList<>();

    /** A circuit of a network that holds something which another one holds, too. */
    record Clash(NetworkId network, Circuit circuit) {}

    Ledger(
            Topology topology,
            Pools pools,
            Reservations reservations,
            NetworkIndex index,
            Waiting waiting,
            Agenda agenda,
            AbandonedLinks abandoned) {
        this.topology = topology;
        this.pools = pools;
        this.reservations = reservations;
        this.index = index;
        this.waiting = waiting;
        this.agenda = agenda;
        this.abandoned = abandoned;
    }

    /**
     * Takes back what earlier decisions gave out and what rested then; returns the circuits that hold what another holds
     * too.
     */
    List<Clash> restore(List<PathDecision> decisions, Collection<Resting> rests) {
        List<Clash> clashing = new ArrayList<>();
        for (PathDecision decision : decisions) {
            circuitsOf(decision)
                    .filter(circuit -> !pools.claim(circuit))
                    .map(circuit -> new Clash(decision.id(), circuit))
                    .forEach(clashing::add);
        }
        // The record of a rest outlives it. A circuit gives up all that it held at once: if any of that was given out
        // since, or rests in another circuit since, this rest was over then.
        List<Resting> still = new ArrayList<>();
        for (Resting rest : rests.stream().sorted(LATEST_FIRST).toList()) {
            if (pools.holdsAnyOf(rest.circuit())) {
                over.add(rest);
            } else {
                pools.claim(rest.circuit());
                still.add(rest);
            }
        }
        still.reversed().forEach(this::putToRest);
        return clashing;
    }

    private static Stream<Circuit> circuitsOf(PathDecision decision) {
        return Stream.concat(
                Stream.ofNullable(decision.current()),
                decision.retiring().stream().map(Retiring::circuit));
    }

    /** Books what the network's draft holds, instead of what it held before. */
    void book(NetworkState network, Set<SwitchPort> attached) {
        Footprint before = network.footprint();
        Footprint after = Footprint.of(network.draft(), network.network(), network.attachments(), attached);
        network.footprint(after);
        index.replace(network, before, after);
        reservations.replace(before.reserved(), after.reserved()).forEach(this::bandwidthFreed);
        portsChanged(before.claimed(), after.claimed(), network);
        portsChanged(after.claimed(), before.claimed(), network);
        for (String link : before.links()) {
            if (index.crossing(link).isEmpty()) {
                abandoned.remove(link).forEach(port -> portChanged(port, null));
            }
        }
    }

    /** Concerns the ports that are among {@code some} and not among {@code others}. */
    private void portsChanged(Set<SwitchPort> some, Set<SwitchPort> others, NetworkState by) {
        for (SwitchPort port : some) {
            if (!others.contains(port)) {
                portChanged(port, by);
            }
        }
    }

    private void portChanged(SwitchPort port, @Nullable NetworkState by) {
        for (NetworkState attached : index.attachedAt(port)) {
            if (attached != by) {
                agenda.touch(attached);
            }
        }
    }

    /** A link came or went, as declared. */
    void linkDeclared(String link) {
        if (topology.link(link) == null) {
            abandoned.put(link, circuitsOn(link));
        } else {
            abandoned.remove(link);
        }
    }

    private List<Circuit> circuitsOn(String link) {
        return index.crossing(link).stream()
                .map(NetworkState::decision)
                .flatMap(Stream::ofNullable)
                .flatMap(Ledger::circuitsOf)
                .toList();
    }

    /** Nobody gets what the circuit held before its time has come. */
    void rest(Resting rest) {
        putToRest(rest);
        begun.add(rest);
    }

    private void putToRest(Resting rest) {
        resting.put(rest.circuit().number(), rest);
        pools.rest(rest.circuit(), rest.until());
        agenda.ringForCircuit(rest.circuit().number(), rest.until());
    }

    /** The circuit has rested: what it held may be given out again. */
    void release(long number) {
        Resting rest = resting.remove(number);
        if (rest == null) {
            return;
        }
        over.add(rest);
        if (!waiting.isEmpty()) {
            Pools.Missed missed = pools.missedFor(rest.circuit());
            missed.links().forEach(link -> waiting.on(link).forEach(agenda::retry));
            if (missed.numbers()) {
                waiting.all().forEach(agenda::retry);
            }
        }
        pools.release(rest.circuit());
    }

    /** The rests that began since the last call. */
    List<Resting> begunRests() {
        List<Resting> taken = List.copyOf(begun);
        begun.clear();
        return taken;
    }

    /** The rests that were over since the last call. */
    List<Resting> finishedRests() {
        List<Resting> taken = List.copyOf(over);
        over.clear();
        return taken;
    }

    /** Only those are tried again for whom what was freed makes the difference. */
    private void bandwidthFreed(Reservations.Freed freed) {
        Link link = topology.link(freed.link());
        if (link == null) {
            return;
        }
        long capacity = link.spec().capacityBits();
        for (NetworkState candidate : waiting.on(freed.link())) {
            long own = candidate.footprint().reserved().getOrDefault(freed.link(), 0L);
            long before = capacity - (freed.before() - own);
            long after = capacity - (freed.after() - own);
            if (asks(candidate.network(), before, after)) {
                agenda.retry(candidate);
            }
        }
    }

    /** Whether one direction, or both on one link, ask for more than {@code before} and no more than {@code after}. */
    private static boolean asks(@Nullable Network network, long before, long after) {
        if (network == null) {
            return false;
        }
        PathSpec path = network.spec().path();
        PathSpec back = network.spec().reversePath();
        long forward = bandwidth(path);
        long reverse = back == null ? forward : bandwidth(back);
        return isBetween(before, forward, after)
                || isBetween(before, reverse, after)
                || isBetween(before, Saturated.sum(forward, reverse), after);
    }

    private static boolean isBetween(long before, long asked, long after) {
        return asked > before && asked <= after;
    }

    private static long bandwidth(PathSpec spec) {
        Capabilities capabilities = spec.capabilities();
        return capabilities == null || capabilities.bandwidthBits() == null ? 0 : capabilities.bandwidthBits();
    }
}
