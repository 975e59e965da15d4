package io.vlink.path.decision;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.Reservations;
import io.vlink.path.allocation.Saturated;
import io.vlink.path.allocation.Shares;
import io.vlink.path.allocation.Ways;
import io.vlink.path.allocation.WireSide;
import io.vlink.path.allocation.Wires;
import io.vlink.path.planning.Demand;
import io.vlink.path.planning.Demands;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of one overlay: the resources that each network holds and reserves, and the networks that wait for them.
 * Puts each network that may gain by a freed resource on the agenda.
 */
final class OverlayLedger {

    private static final Comparator<QuarantinedCircuit> LATEST_FIRST =
            Comparator.comparing(QuarantinedCircuit::until).reversed();

    private final Topology topology;
    private final Wires wires;
    private final Pools pools;
    private final Reservations reservations;
    private final Shares shares;
    private final NetworkIndex index;
    private final WaitingNetworks waiting;
    private final Agenda agenda;
    private final Map<Long, QuarantinedCircuit> quarantined = new HashMap<>();
    private final List<QuarantinedCircuit> begun = new ArrayList<>();
    private final List<QuarantinedCircuit> ended = new ArrayList<>();

    /** A circuit that holds a resource which another one holds, too. */
    record Clash(NetworkId network, Circuit circuit) {}

    OverlayLedger(
            Topology topology,
            Wires wires,
            Pools pools,
            Reservations reservations,
            Shares shares,
            NetworkIndex index,
            WaitingNetworks waiting,
            Agenda agenda) {
        this.topology = topology;
        this.wires = wires;
        this.pools = pools;
        this.reservations = reservations;
        this.shares = shares;
        this.index = index;
        this.waiting = waiting;
        this.agenda = agenda;
    }

    /**
     * Restores the resources of earlier decisions and quarantines; returns the circuits that hold a resource of another
     * circuit.
     */
    List<Clash> restore(List<PathDecision> decisions, Collection<QuarantinedCircuit> quarantines) {
        List<Clash> clashing = new ArrayList<>();
        for (PathDecision decision : decisions) {
            decision.circuits().stream()
                    .filter(circuit -> !pools.claim(decision.id(), circuit))
                    .map(circuit -> new Clash(decision.id(), circuit))
                    .forEach(clashing::add);
        }
        // The record of a quarantine outlives it. A circuit frees all its resources at once: if any of them was
        // allocated since, or is in quarantine with another circuit, this quarantine was over before.
        List<QuarantinedCircuit> still = new ArrayList<>();
        for (QuarantinedCircuit circuit :
                quarantines.stream().sorted(LATEST_FIRST).toList()) {
            if (pools.isHeldByOther(circuit.network(), circuit.circuit())) {
                ended.add(circuit);
            } else {
                pools.claim(circuit.network(), circuit.circuit());
                still.add(circuit);
            }
        }
        still.reversed().forEach(this::keepInQuarantine);
        return clashing;
    }

    /** Books the resources of the network's draft in place of those it held before. */
    void book(NetworkState network, Set<SwitchPort> attached) {
        Footprint before = network.footprint();
        Footprint after = before.now(network.draft(), network.demands(), network.attachments(), attached);
        network.footprint(after);
        index.replace(network, before, after);
        Ways waysBefore = before.ways();
        Ways waysAfter = after.ways();
        reservations.replace(waysBefore.reserved(), waysAfter.reserved()).forEach(this::bandwidthFreed);
        shares.reserved(waysBefore.reserved(), waysAfter.reserved());
        shares.replace(waysBefore.bestEffort(), waysAfter.bestEffort());
        portsChanged(before.claimed(), after.claimed(), network);
        portsChanged(after.claimed(), before.claimed(), network);
        portsChanged(waysBefore.wired(), waysAfter.wired(), network);
        for (SwitchPort port : before.claimed()) {
            if (!after.claimed().contains(port)) {
                workloadLeft(port);
            }
        }
    }

    /** Touches the circuits that could not follow a port of this switch because others were there: they may now. */
    private void roomOn(DatapathId datapathId) {
        index.displacedOn(datapathId).forEach(agenda::touch);
    }

    /** Retries the networks that wait for links declared at this port, which may be used now. */
    private void workloadLeft(SwitchPort port) {
        roomOn(port.datapathId());
        if (!waiting.isEmpty() && index.claiming(port).isEmpty()) {
            topology.linksAt(port).forEach(link -> {
                waiting.linkChanged(link);
                mayHelp(link);
            });
        }
    }

    /** Touches the networks at ports that are in {@code some} and not in {@code others}. */
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

    /** Puts the resources of a circuit into quarantine. */
    void quarantine(QuarantinedCircuit circuit) {
        keepInQuarantine(circuit);
        begun.add(circuit);
    }

    private void keepInQuarantine(QuarantinedCircuit circuit) {
        quarantined.put(circuit.circuit().number(), circuit);
        pools.quarantine(circuit.network(), circuit.circuit(), circuit.until());
        if (circuit.network() == null) {
            shares.quarantine(circuit.circuit());
        }
        agenda.ringForCircuit(circuit.circuit().number(), circuit.until());
    }

    /** Ends the quarantine of a circuit: its resources may be allocated again. */
    void release(long number) {
        QuarantinedCircuit circuit = quarantined.remove(number);
        if (circuit == null) {
            return;
        }
        ended.add(circuit);
        if (circuit.network() == null) {
            shares.release(circuit.circuit());
        }
        if (index.hasDisplaced()) {
            circuit.circuit().datapathIds().forEach(this::roomOn);
        }
        Pools.Missed missed = waiting.isEmpty() ? null : pools.missedFor(circuit.circuit());
        pools.release(circuit.circuit());
        if (missed != null) {
            missed.links().forEach(this::mayHelp);
            if (missed.numbers()) {
                waiting.numbersFreed();
            }
        }
    }

    private void mayHelp(String name) {
        Link link = topology.link(name);
        if (link != null) {
            waiting.helps(link);
        }
    }

    /** Returns the quarantines that began since the last call. */
    List<QuarantinedCircuit> begunQuarantines() {
        List<QuarantinedCircuit> taken = List.copyOf(begun);
        begun.clear();
        return taken;
    }

    /** Returns the quarantines that ended since the last call. */
    List<QuarantinedCircuit> endedQuarantines() {
        List<QuarantinedCircuit> taken = List.copyOf(ended);
        ended.clear();
        return taken;
    }

    /** Retries only the networks for which the freed bandwidth makes the difference. */
    private void bandwidthFreed(Reservations.Freed freed) {
        roomOn(freed.side().datapathId());
        if (waiting.isEmpty()) {
            return;
        }
        for (String name : wires.linksWith(freed.side())) {
            Link link = topology.link(name);
            if (link != null) {
                bandwidthFreed(freed, link);
            }
        }
    }

    /** Retries networks on links that share a sending port with this link before or after a change: these may offer more now. */
    void declaredOtherwise(@Nullable Link link) {
        if (link == null || waiting.isEmpty()) {
            return;
        }
        for (WireSide side : wires.sides(link)) {
            if (side.sending()) {
                wires.linksWith(side).forEach(this::mayHelp);
            }
        }
    }

    private void bandwidthFreed(Reservations.Freed freed, Link link) {
        long capacity = reservations.reservable(link, freed.side());
        waiting.helps(link, candidate -> {
            long own = candidate.footprint().ways().reserved().getOrDefault(freed.side(), 0L);
            long before = capacity - (freed.before() - own);
            long after = capacity - (freed.after() - own);
            return asks(candidate.demands(), before, after);
        });
    }

    /**
     * Returns whether one direction, or all directions on one link together, need more than {@code before} and at most
     * {@code after}.
     */
    private static boolean asks(@Nullable Demands demands, long before, long after) {
        if (demands == null) {
            return false;
        }
        long sum = 0;
        for (Demand demand : demands.all()) {
            if (isBetween(before, demand.reserved(), after)) {
                return true;
            }
            sum = Saturated.sum(sum, demand.reserved());
        }
        return isBetween(before, sum, after);
    }

    private static boolean isBetween(long before, long asked, long after) {
        return asked > before && asked <= after;
    }
}
