package io.vlink.path.decision;

import io.vlink.events.AttachmentId;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.SwitchPort;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.dryruns.DryRunRequest;
import io.vlink.events.dryruns.DryRunResult;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.Reservations;
import io.vlink.path.allocation.Shares;
import io.vlink.path.allocation.Wires;
import io.vlink.path.planning.CircuitMaker;
import io.vlink.path.planning.Displacement;
import io.vlink.path.planning.LinkHealth;
import io.vlink.path.planning.Planner;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.SwitchOwners;
import io.vlink.path.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides about all networks of one overlay. Records come in, in any order while loading; {@link #act} returns the
 * resulting decisions. The same records always lead to the same decisions, and a decision stands as long as nothing
 * changes.
 */
public final class OverlayDecider {

    private final PathSettings settings;
    private final Pools pools;
    private final Reservations reservations;
    private final Shares shares;
    private final Latencies latencies;
    private final Planner planner;
    private final Agenda agenda = new Agenda();
    private final OverlayLedger ledger;
    private final TopologyChanges changes;
    private final NetworkDecider decider;
    private final DryRunDecider dryRuns;
    private final Map<NetworkId, NetworkState> networks = new HashMap<>();
    /**
     * How long a network without a record in Kafka is kept after loading. A gateway checks every few seconds whether Kafka's data
     * is still the same, and stops touching switches if it is not; only the gateway can know.
     */
    static final Duration ORPHANS_STAY = Duration.ofSeconds(15);

    private final Set<NetworkId> unreadable = new HashSet<>();
    /** Quarantines at the time of loading. */
    private final Map<Long, QuarantinedCircuit> restored = new HashMap<>();

    private boolean loading = true;
    private boolean fresh = true;

    /** Makes an empty overlay that is {@link #isLoading() loading}; the caller updates the port table and the switch owners. */
    public OverlayDecider(PortTable ports, SwitchOwners owners, PathSettings settings) {
        this.settings = settings;
        Topology topology = new Topology(ports, settings.latencyWindow());
        NetworkIndex index = new NetworkIndex();
        Wires wires = new Wires(topology, ports);
        this.pools = new Pools(wires);
        this.reservations = new Reservations(wires, settings.bestEffortFloor());
        this.shares = new Shares(wires, reservations);
        LinkHealth health =
                new LinkHealth(topology, wires, port -> !index.claiming(port).isEmpty(), owners);
        this.planner = new Planner(topology, health, wires, reservations, pools);
        WaitingNetworks waiting = new WaitingNetworks(topology, planner, agenda);
        this.latencies = new Latencies(topology, index, waiting, agenda);
        this.ledger = new OverlayLedger(topology, wires, pools, reservations, shares, index, waiting, agenda);
        this.changes = new TopologyChanges(topology, ports, index, waiting, agenda, latencies, shares, ledger);
        Displacement displacement = new Displacement(topology, ports);
        Impairments impairments = new Impairments(topology, displacement);
        Admitter admitter = new Admitter(
                planner, new CircuitMaker(topology, ports, pools, displacement), impairments, displacement, pools);
        this.decider = new NetworkDecider(
                topology,
                settings,
                displacement,
                pools,
                admitter,
                impairments,
                new CircuitPorts(topology, ports, pools, reservations, index),
                new EndpointAssignment(topology, ports, index),
                ledger,
                waiting);
        this.dryRuns = new DryRunDecider(topology, pools, reservations, admitter, decider);
    }

    public void node(String name, @Nullable Node node) {
        changes.node(name, node);
    }

    /** Notes that this switch may belong to another overlay than before. */
    public void ownerChanged(DatapathId datapathId) {
        changes.ownerChanged(datapathId);
    }

    public void link(String name, @Nullable Link link) {
        changes.link(name, link);
    }

    /** Takes in the state of a link, reported at {@code at}. */
    public void linkState(String name, @Nullable LinkState state, Instant at) {
        changes.linkState(name, state, at, loading);
    }

    /** Notes a change of the port table at this port: these locators may mean another port, or the port has another state. */
    public void ports(SwitchPort port, Set<String> locators) {
        changes.ports(port, locators);
    }

    public void network(NetworkId id, @Nullable Network network) {
        NetworkState state = state(id);
        if (network == null) {
            state.dropNetwork();
            agenda.touch(state);
        } else if (state.put(network)) {
            agenda.touch(state);
        }
    }

    /** Notes that the network's record cannot be read; only while loading. Its decision stands. */
    public void unreadable(NetworkId id) {
        unreadable.add(id);
    }

    public void attachment(AttachmentId id, @Nullable Attachment attachment) {
        NetworkState state = state(id.network());
        if (attachment == null ? state.removeAttachment(id) : state.put(attachment)) {
            agenda.touch(state);
        }
    }

    /** Returns whether the network waits for a status to confirm a removal; other statuses need not be read. */
    public boolean awaitsRemoval(NetworkId id) {
        NetworkState state = networks.get(id);
        PathDecision decision = state == null ? null : state.decision();
        return decision != null && !decision.retiring().isEmpty();
    }

    public void removed(RemovedCircuits removals) {
        NetworkState state = state(removals.id());
        if (state.put(removals)) {
            agenda.touch(state);
        }
    }

    /** Restores an earlier decision; only while loading. */
    public void restore(NetworkId id, @Nullable PathDecision decision) {
        NetworkState state = state(id);
        if (decision == null) {
            state.dropDecision();
        } else {
            state.decided(decision);
        }
    }

    /** Restores a quarantine or, with null, ends it; only while loading. */
    public void restore(long circuit, @Nullable QuarantinedCircuit quarantined) {
        if (quarantined == null) {
            restored.remove(circuit);
        } else {
            restored.put(circuit, quarantined);
        }
    }

    /** Sets whether shares of best effort are written; before {@link #loaded}. */
    public void tellShares(boolean wanted) {
        shares.tell(wanted);
    }

    /** Returns whether a share of best effort was written for a port. */
    public boolean isShared(SwitchPort port) {
        return shares.isTold(port);
    }

    public boolean isLoading() {
        return loading;
    }

    /**
     * Notes that all records have been read.
     *
     * @return descriptions of the circuits that hold a resource of another circuit, which must never happen
     */
    public List<String> loaded() {
        loading = false;
        List<PathDecision> decisions = networks.values().stream()
                .sorted(NetworkState.FIRST_COME)
                .map(NetworkState::decision)
                .filter(Objects::nonNull)
                .toList();
        List<OverlayLedger.Clash> clashing = ledger.restore(decisions, restored.values());
        restored.clear();
        for (NetworkState state : networks.values()) {
            ledger.book(state, Set.of());
            state.closeDraft();
            remind(state);
            agenda.retry(state);
            PathDecision decision = state.decision();
            state.orphan(state.network() == null
                    && decision != null
                    && decision.outcome() != Outcome.WITHDRAWN
                    && !unreadable.contains(state.id()));
        }
        unreadable.clear();
        return clashing.stream()
                .map(clash ->
                        "Circuit %d of the network %s".formatted(clash.circuit().number(), clash.network()))
                .toList();
    }

    /** Makes the decisions that result from all records since the last call. Never while loading. */
    public Decisions act(Instant now) {
        for (Agenda.Subject subject : agenda.ring(now)) {
            switch (subject) {
                case Agenda.Subject.OfLink(String name) -> latencies.look(name, now);
                case Agenda.Subject.OfCircuit(long number) -> ledger.release(number);
                case Agenda.Subject.OfNetwork(NetworkId id) -> {
                    NetworkState state = networks.get(id);
                    if (state != null) {
                        agenda.touch(state);
                    }
                }
            }
        }
        if (fresh) {
            networks.values().stream().filter(NetworkState::isOrphan).forEach(orphan -> {
                orphan.orphanUntil(now.plus(ORPHANS_STAY));
                agenda.ringFor(orphan.id(), now.plus(ORPHANS_STAY));
            });
        }
        Map<NetworkId, PathDecision> made = new LinkedHashMap<>();
        List<NetworkId> removed = new ArrayList<>();
        TreeSet<NetworkState> open = new TreeSet<>(NetworkState.FIRST_COME);
        settle(open, now);
        for (NetworkState next = open.pollFirst(); next != null; next = open.pollFirst()) {
            decider.decide(next, now, fresh);
            close(next, now, made, removed);
            settle(open, now);
        }
        fresh = false;
        Shares.News news = shares.news();
        return new Decisions(
                news.shares(),
                news.ended(),
                List.copyOf(made.values()),
                removed,
                ledger.begunQuarantines(),
                ledger.endedQuarantines(),
                agenda.nextRing());
    }

    /** Answers a dry run; changes nothing. Never while loading, nor before new records were decided about. */
    public DryRunResult dryRun(DryRunRequest request, Instant now) {
        NetworkState known = networks.get(request.network());
        return dryRuns.dryRun(request, known == null ? new NetworkState(request.network()) : known.copy(), now);
    }

    /** Counts the links that searches for paths have looked at: the cost of deciding, on any machine. */
    public long looks() {
        return planner.looks();
    }

    /** Returns whether nothing is reserved, taken or in quarantine. */
    public boolean isIdle() {
        return reservations.isIdle() && pools.isIdle() && shares.isIdle();
    }

    /** Settles freed resources first, to decide about networks that wait for them in the same turn. */
    private void settle(Set<NetworkState> open, Instant now) {
        while (!agenda.isEmpty()) {
            for (NetworkState touched : agenda.take()) {
                decider.settle(touched, now);
                open.add(touched);
            }
        }
    }

    private void close(NetworkState state, Instant now, Map<NetworkId, PathDecision> made, List<NetworkId> removed) {
        Draft draft = state.draft();
        if (draft.isRemoved() && state.network() == null) {
            if (draft.before() != null) {
                removed.add(state.id());
                made.remove(state.id());
            }
            state.dropDecision();
        } else if (draft.isDecided() && draft.differsFromBefore()) {
            PathDecision decision = draft.decided(state.id(), state.nextStep(), now);
            state.decided(decision);
            made.remove(state.id());
            made.put(state.id(), decision);
            remind(state);
        }
        state.closeDraft();
        if (state.isEmpty()) {
            networks.remove(state.id(), state);
        }
    }

    private void remind(NetworkState state) {
        PathDecision decision = state.decision();
        if (decision == null) {
            return;
        }
        for (CircuitRemoval removal : decision.retiring()) {
            if (!removal.quarantined()) {
                agenda.ringFor(state.id(), removal.since().plus(settings.removalDeadline()));
            }
        }
    }

    private NetworkState state(NetworkId id) {
        return networks.computeIfAbsent(id, NetworkState::new);
    }
}
