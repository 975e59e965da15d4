package io.vlink.path.path;

import io.vlink.events.SwitchPort;
import io.vlink.events.Violation;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.Resting;
import io.vlink.events.paths.Retiring;
import io.vlink.path.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides about one network at a time, in its draft. */
final class Decider {

    private final Topology topology;
    private final PathSettings settings;
    private final Admitter admitter;
    private final Ports ports;
    private final Ends ends;
    private final Impairments impairments;
    private final Ledger ledger;
    private final Waiting waiting;

    Decider(
            Topology topology,
            PathSettings settings,
            Admitter admitter,
            Impairments impairments,
            Ports ports,
            Ends ends,
            Ledger ledger,
            Waiting waiting) {
        this.topology = topology;
        this.settings = settings;
        this.admitter = admitter;
        this.ports = ports;
        this.ends = ends;
        this.impairments = impairments;
        this.ledger = ledger;
        this.waiting = waiting;
    }

    /** Lets go what is confirmed gone, and what the user removed. */
    void settle(NetworkState network, Instant now) {
        Draft draft = network.draft();
        List<Retiring> retiring = new ArrayList<>();
        for (Retiring leaving : draft.retiring()) {
            if (network.isConfirmedGone(leaving)) {
                ledger.rest(new Resting(network.id().overlay(), leaving.circuit(), now.plus(settings.labelRest())));
            } else {
                boolean late = !now.isBefore(leaving.since().plus(settings.removalDeadline()));
                retiring.add(new Retiring(leaving.circuit(), leaving.since(), leaving.quarantined() || late));
            }
        }
        boolean rid = retiring.size() < draft.retiring().size();
        draft.retiring(List.copyOf(retiring));
        Network declared = network.network();
        if (declared != null && declared.withdrawn() && declared.generation() > draft.generation()) {
            draft.withdraw(declared.generation(), now);
        }
        if (rid) { // what else is new frees nothing, and is booked when it is decided
            network.retry(true);
            ledger.book(network, network.footprint().attached());
        }
    }

    /**
     * Gives a path to whom wants one, and brings ends, ports and impairments up to date.
     *
     * @param keepReasons whether a refusal for the same reasons stays as it was worded
     */
    void decide(NetworkState network, Instant now, boolean keepReasons) {
        Draft draft = network.draft();
        Network declared = network.network();
        boolean retries = network.retries();
        network.retry(false);
        Violation misplaced = null;
        if (declared != null && !declared.withdrawn()) {
            if (declared.generation() > draft.generation()
                    || (declared.generation() == draft.generation() && draft.is(Outcome.REFUSED) && retries)) {
                admitter.admit(network, declared, now, keepReasons);
            } else if (declared.generation() == draft.generation() && draft.is(Outcome.ADMITTED)) {
                misplaced = admitter.follow(network, declared, now, retries);
            }
        }
        Set<SwitchPort> attached = Set.of();
        if (draft.isDecided() && !draft.is(Outcome.WITHDRAWN)) {
            moveWithPorts(network, draft);
            attached = seat(network, draft, declared);
            impair(draft, declared, misplaced, now);
        }
        waiting.enlist(network);
        ledger.book(network, attached);
    }

    private void moveWithPorts(NetworkState network, Draft draft) {
        Circuit current = draft.current();
        if (current != null) {
            draft.current(ports.refresh(current));
        }
        if (!draft.retiring().isEmpty()) {
            draft.retiring(draft.retiring().stream()
                    .map(leaving -> leaving.quarantined()
                            ? leaving
                            : new Retiring(
                                    ends.keep(ports.refresh(leaving.circuit()), network), leaving.since(), false))
                    .toList());
        }
    }

    /** Says which attachment holds which end; returns the ports that attachments are at. */
    Set<SwitchPort> seat(NetworkState network, Draft draft, @Nullable Network declared) {
        Circuit current = draft.current();
        Ends.Assigned assigned;
        if (current != null) {
            assigned = ends.assign(network, current, draft.before());
            draft.current(Ends.seat(current, assigned));
        } else if (declared != null) {
            assigned = ends.assign(
                    network,
                    seat(declared.spec().path().fromEndpoint()),
                    seat(declared.spec().path().toEndpoint()),
                    draft.before());
        } else {
            return Set.of();
        }
        draft.attachments(assigned.states());
        return assigned.attached();
    }

    private Ends.Seat seat(String name) {
        Node node = topology.node(name);
        return new Ends.Seat(name, node == null ? null : node.spec().datapathId());
    }

    private void impair(Draft draft, @Nullable Network declared, @Nullable Violation misplaced, Instant now) {
        Circuit current = draft.current();
        if (current == null) {
            draft.impairments(List.of());
            return;
        }
        NetworkSpec spec = declared != null && declared.generation() == current.generation() ? declared.spec() : null;
        List<Violation> found = new ArrayList<>(impairments.of(current, spec, draft.impairments(), now));
        if (misplaced != null) {
            found.add(misplaced);
        }
        draft.impairments(List.copyOf(found));
    }
}
