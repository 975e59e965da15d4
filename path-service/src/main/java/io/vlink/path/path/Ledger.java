package io.vlink.path.path;

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
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of one overlay: what each network holds and reserves, and who waits for it. Whoever might gain by what
 * becomes free is put on the agenda.
 */
final class Ledger {

    private final Topology topology;
    private final Pools pools;
    private final Reservations reservations;
    private final NetworkIndex index;
    private final Waiting waiting;
    private final Agenda agenda;

    Ledger(
            Topology topology,
            Pools pools,
            Reservations reservations,
            NetworkIndex index,
            Waiting waiting,
            Agenda agenda) {
        this.topology = topology;
        this.pools = pools;
        this.reservations = reservations;
        this.index = index;
        this.waiting = waiting;
        this.agenda = agenda;
    }

    /** Takes back what earlier decisions gave out; returns the circuits that hold what another holds too. */
    List<Circuit> restore(List<PathDecision> decisions) {
        List<Circuit> clashing = new ArrayList<>();
        List<Resting> resting = new ArrayList<>();
        for (PathDecision decision : decisions) {
            Stream.of(
                            Stream.ofNullable(decision.current()),
                            decision.retiring().stream().map(Retiring::circuit),
                            decision.resting().stream().map(Resting::circuit))
                    .flatMap(circuits -> circuits)
                    .filter(circuit -> !pools.claim(circuit))
                    .forEach(clashing::add);
            resting.addAll(decision.resting());
        }
        resting.stream()
                .sorted(Comparator.comparing(Resting::until))
                .forEach(rest -> pools.rest(rest.circuit(), rest.until()));
        return clashing;
    }

    /** Books what the network's draft holds, instead of what it held before. */
    void book(NetworkState network, Set<SwitchPort> wanted) {
        Footprint before = network.footprint();
        Footprint after = Footprint.of(network.draft(), network.network(), network.attachments(), wanted);
        if (after.equals(before)) {
            return;
        }
        network.footprint(after);
        index.replace(network, before, after);
        reservations.replace(before.reserved(), after.reserved()).forEach(this::bandwidthFreed);
        for (SwitchPort port : before.claimed()) {
            if (!after.claimed().contains(port)) {
                index.wanting(port).forEach(agenda::touch);
            }
        }
        for (String link : before.links()) {
            // The last one has left a link that was withdrawn before: its ports are free now.
            if (topology.link(link) == null && index.crossing(link).isEmpty()) {
                topology.portsOf(topology.lastKnownLink(link))
                        .forEach(port -> index.wanting(port).forEach(agenda::touch));
            }
        }
    }

    void rest(Resting resting) {
        pools.rest(resting.circuit(), resting.until());
    }

    void release(Circuit circuit) {
        Pools.Released released = pools.release(circuit);
        released.links().forEach(link -> waiting.on(link).forEach(agenda::retry));
        if (released.numbers()) {
            waiting.all().forEach(agenda::retry);
        }
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
        return Stream.of(forward, reverse, Saturated.sum(forward, reverse))
                .anyMatch(asked -> asked > before && asked <= after);
    }

    private static long bandwidth(PathSpec spec) {
        Capabilities capabilities = spec.capabilities();
        return capabilities == null || capabilities.bandwidthBits() == null ? 0 : capabilities.bandwidthBits();
    }
}
