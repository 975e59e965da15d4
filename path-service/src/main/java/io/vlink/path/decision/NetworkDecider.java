package io.vlink.path.decision;

import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.reasons.Violation;
import io.vlink.path.allocation.FormerRates;
import io.vlink.path.allocation.Pools;
import io.vlink.path.planning.Demands;
import io.vlink.path.planning.Displacement;
import io.vlink.path.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides about one network at a time, in its draft. */
final class NetworkDecider {

    private final Topology topology;
    private final PathSettings settings;
    private final Displacement displacement;
    private final Pools pools;
    private final Admitter admitter;
    private final CircuitPorts ports;
    private final EndpointAssignment endpoints;
    private final Impairments impairments;
    private final OverlayLedger ledger;
    private final WaitingNetworks waiting;

    NetworkDecider(
            Topology topology,
            PathSettings settings,
            Displacement displacement,
            Pools pools,
            Admitter admitter,
            Impairments impairments,
            CircuitPorts ports,
            EndpointAssignment endpoints,
            OverlayLedger ledger,
            WaitingNetworks waiting) {
        this.topology = topology;
        this.settings = settings;
        this.displacement = displacement;
        this.pools = pools;
        this.admitter = admitter;
        this.ports = ports;
        this.endpoints = endpoints;
        this.impairments = impairments;
        this.ledger = ledger;
        this.waiting = waiting;
    }

    /** Releases circuits that are confirmed removed, and starts the removal of the circuit of a network that the user removed. */
    void settle(NetworkState network, Instant now) {
        Draft draft = network.draft();
        List<CircuitRemoval> removals = new ArrayList<>();
        for (CircuitRemoval removal : draft.removals()) {
            if (network.isConfirmedRemoved(removal)) {
                ledger.quarantine(new QuarantinedCircuit(
                        network.id().overlay(),
                        removal.circuit(),
                        now.plus(settings.labelQuarantine()),
                        removal.formerOf() == null ? null : network.id()));
            } else {
                boolean late = !now.isBefore(removal.since().plus(settings.removalDeadline()));
                removals.add(removal.with(removal.circuit(), removal.quarantined() || late, removal.dead()));
            }
        }
        boolean rid = removals.size() < draft.removals().size();
        draft.removals(List.copyOf(removals));
        Network declared = network.network();
        if (declared != null && declared.withdrawn() && declared.generation() > draft.generation()) {
            draft.requestRemoval(declared.generation(), now);
        }
        Instant orphanUntil = network.orphanUntil();
        if (network.isOrphan() && orphanUntil != null && !now.isBefore(orphanUntil)) {
            network.orphan(false);
            if (declared == null) {
                draft.requestRemoval(draft.generation(), now);
            }
        }
        if (rid) { // other changes free nothing; they are booked when they are decided
            network.retry(true);
            ledger.book(network, network.footprint().attached());
        }
    }

    /**
     * Plans a path for a network that wants one, and updates endpoints, ports and impairments.
     *
     * @param keepReasons whether a refusal for the same reasons keeps its earlier wording
     */
    void decide(NetworkState network, Instant now, boolean keepReasons) {
        Draft draft = network.draft();
        Network declared = network.network();
        moveCurrent(network, draft, now);
        boolean retries = network.retries() || isHelped(network);
        network.retried();
        Violation obstacle = null;
        if (declared != null && !declared.withdrawn()) {
            if (declared.generation() > draft.generation()
                    || (declared.generation() == draft.generation() && draft.is(Outcome.REFUSED) && retries)) {
                grant(network, draft, declared, now, keepReasons);
            } else if (declared.generation() == draft.generation() && draft.is(Outcome.ADMITTED) && retries) {
                obstacle = admitter.follow(network, declared, now);
            }
        }
        Set<SwitchPort> attached = Set.of();
        if (draft.isDecided() && !draft.is(Outcome.WITHDRAWN)) {
            moveRemovals(network, draft, now);
            List<AttachmentState> before = draft.attachments();
            attached = attach(network, draft, declared);
            draft.attachments(Since.heldSince(draft.attachments(), before, now));
            impair(network, draft, obstacle, keepReasons, now);
            tellTheDead(draft);
        }
        waiting.enlist(network);
        ledger.book(network, attached);
    }

    /** Returns whether one of the links that a network is retried for may still help: others may have been first. */
    private boolean isHelped(NetworkState network) {
        for (Link link : network.retriedFor()) {
            if (waiting.mayRemove(network, link)) {
                return true;
            }
        }
        return false;
    }

    private void grant(NetworkState network, Draft draft, Network declared, Instant now, boolean keepReasons) {
        boolean refused = draft.is(Outcome.REFUSED) && declared.generation() == draft.generation();
        List<Violation> before = refused ? draft.violations() : List.of();
        Circuit current = draft.current();
        admitter.admit(network, declared, now, keepReasons);
        keepFormerRates(network, draft, current, now);
        draft.violations(Since.waitedFor(draft.violations(), before, now));
    }

    /**
     * Keeps the old rates of a circuit reserved until its switches confirm the lower ones. Each reduction starts this again,
     * since earlier confirmations do not cover it.
     */
    private void keepFormerRates(NetworkState network, Draft draft, @Nullable Circuit before, Instant now) {
        Circuit current = draft.current();
        if (before == null || current == null || !FormerRates.areLowered(before, current)) {
            return;
        }
        CircuitRemoval earlier = FormerRates.of(current, draft.removals());
        long number = pools.takeCircuit(network.id()).orElseThrow();
        Circuit former = FormerRates.former(before, current, earlier == null ? null : earlier.circuit(), number);
        if (earlier != null) {
            draft.drop(earlier);
            pools.release(earlier.circuit());
        }
        draft.startRemoval(new CircuitRemoval(former, now, false, true, current.number()));
    }

    /** Updates port numbers to their present values. A circuit that cannot follow its port needs other labels. */
    private void moveCurrent(NetworkState network, Draft draft, Instant now) {
        Circuit current = draft.current();
        if (current != null) {
            Circuit moved = ports.refresh(network, current);
            if (!moved.equals(current)) {
                draft.current(moved);
                move(network, draft, current, moved, now);
                network.retry(network.retries() || admitter.isMisplaced(moved));
            }
        }
    }

    private void moveRemovals(NetworkState network, Draft draft, Instant now) {
        for (CircuitRemoval removal : draft.removals()) {
            if (removal.quarantined() || removal.formerOf() != null) {
                continue;
            }
            Circuit moved = ports.refreshRemovals(network, removal.circuit());
            draft.replace(removal, removal.with(endpoints.keep(moved, network), false, removal.dead()));
            if (!moved.equals(removal.circuit())) {
                move(network, draft, removal.circuit(), moved, now);
            }
        }
    }

    /**
     * Takes labels where a circuit is now, and keeps those where it was until its rules are gone from there. Earlier remains
     * at the same ports are covered by that and dropped.
     */
    private void move(NetworkState network, Draft draft, Circuit before, Circuit moved, Instant now) {
        pools.claimLabels(network.id(), moved);
        long number = pools.takeCircuit(network.id()).orElseThrow();
        Circuit former = CircuitPorts.former(before, moved, number);
        for (CircuitRemoval other : draft.removals()) {
            if (Objects.equals(other.formerOf(), before.number())
                    && !other.keepsFormerRate()
                    && (CircuitPorts.covers(moved, other.circuit())
                            || (former != null && CircuitPorts.covers(former, other.circuit())))) {
                draft.drop(other);
                pools.release(other.circuit());
            }
        }
        if (former == null) {
            pools.giveBackCircuit(number);
        } else {
            pools.claimLabels(network.id(), former);
            draft.startRemoval(new CircuitRemoval(former, now, false, true, before.number()));
        }
        pools.releaseLabels(before);
    }

    /** Marks dead circuits being removed: their successors need not wait until their traffic has settled. */
    private void tellTheDead(Draft draft) {
        if (draft.current() == null) {
            return;
        }
        for (CircuitRemoval removal : draft.removals()) {
            if (!removal.carriesNothing() && !removal.quarantined() && displacement.isDead(removal.circuit())) {
                draft.replace(removal, removal.with(removal.circuit(), false, true));
            }
        }
    }

    /** Assigns attachments to endpoints; returns the ports that attachments are at. */
    Set<SwitchPort> attach(NetworkState network, Draft draft, @Nullable Network declared) {
        Circuit current = draft.current();
        EndpointAssignment.AssignedEndpoints assigned;
        if (current != null) {
            assigned = endpoints.assign(network, current, draft.before());
            draft.current(EndpointAssignment.attach(current, assigned));
        } else if (declared != null) {
            List<EndpointAssignment.EndpointLocation> locations = network.demandsOf(declared).endpoints().stream()
                    .map(this::location)
                    .toList();
            assigned = endpoints.assign(network, locations, draft.before());
        } else {
            return Set.of();
        }
        draft.attachments(assigned.states());
        return assigned.attached();
    }

    private EndpointAssignment.EndpointLocation location(String name) {
        Node node = topology.node(name);
        return new EndpointAssignment.EndpointLocation(
                name, node == null ? null : node.spec().datapathId());
    }

    private void impair(
            NetworkState network, Draft draft, @Nullable Violation obstacle, boolean keepReasons, Instant now) {
        Circuit current = draft.current();
        if (current == null) {
            draft.impairments(List.of());
            return;
        }
        Network declared = network.network();
        Demands demands =
                declared != null && declared.generation() == current.generation() ? network.demandsOf(declared) : null;
        List<Impairment> before = draft.impairments();
        List<Impairment> found = impairments.of(current, demands, before, now);
        List<Impairment> explained =
                demands == null ? found : Impairments.explained(found, before, obstacle, keepReasons);
        draft.impairments(Since.soSince(explained, before, now));
    }
}
