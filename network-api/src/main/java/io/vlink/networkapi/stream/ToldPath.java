package io.vlink.networkapi.stream;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Crossing;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.events.reasons.Violation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the stable form that the stream of changes uses. The form in Kafka is internal and may change; this one
 * does not. Hops are those of the working path, without protection paths.
 */
record ToldPath(
        NetworkId id,
        Revision revision,
        Outcome outcome,
        List<Violation> violations,
        @Nullable ToldCircuit current,
        List<ToldRemoval> retiring,
        List<Impairment> impairments,
        List<AttachmentState> attachments,
        Instant decidedAt) {

    record ToldRemoval(
            ToldCircuit circuit,
            Instant since,
            boolean quarantined,
            @Nullable Boolean dead,
            @Nullable Long formerOf) {

        static ToldRemoval of(CircuitRemoval removal) {
            return new ToldRemoval(
                    ToldCircuit.of(removal.circuit()),
                    removal.since(),
                    removal.quarantined(),
                    removal.dead(),
                    removal.formerOf());
        }
    }

    record ToldCircuit(long number, long generation, Endpoint from, Endpoint to, ToldRoute forward, ToldRoute reverse) {

        static ToldCircuit of(Circuit circuit) {
            return new ToldCircuit(
                    circuit.number(),
                    circuit.generation(),
                    circuit.endpoints().getFirst(),
                    circuit.endpoints().getLast(),
                    ToldRoute.of(circuit.route(Direction.FORWARD)),
                    ToldRoute.of(circuit.route(Direction.REVERSE)));
        }
    }

    record ToldRoute(
            @Nullable String name,
            List<ToldHop> hops,
            @Nullable Long bandwidthBits,
            long latencyNanos,
            @Nullable Integer meter) {

        static ToldRoute of(Route route) {
            return new ToldRoute(
                    route.name(),
                    route.crossings().stream().map(ToldHop::of).toList(),
                    route.bandwidthBits(),
                    route.latencyNanos(),
                    route.meter());
        }
    }

    record ToldHop(
            String node,
            DatapathId datapathId,
            @Nullable String inLink,
            @Nullable PortNumber inPort,
            @Nullable Label inLabel,
            @Nullable String outLink,
            @Nullable PortNumber outPort,
            @Nullable Label outLabel,
            @Nullable PortLocator inLocator,
            @Nullable PortLocator outLocator) {

        static ToldHop of(Crossing crossing) {
            Lane in = crossing.entry() instanceof Lane lane ? lane : null;
            Lane out = crossing.face() instanceof Lane lane ? lane : null;
            return new ToldHop(
                    crossing.hop().node(),
                    crossing.hop().datapathId(),
                    in == null ? null : in.link(),
                    in == null ? null : in.inPort(),
                    in == null ? null : in.label(),
                    out == null ? null : out.link(),
                    out == null ? null : out.outPort(),
                    out == null ? null : out.label(),
                    in == null ? null : in.inLocator(),
                    out == null ? null : out.outLocator());
        }
    }

    static ToldPath of(PathDecision decision) {
        Circuit current = decision.current();
        return new ToldPath(
                decision.id(),
                decision.revision(),
                decision.outcome(),
                decision.violations(),
                current == null ? null : ToldCircuit.of(current),
                decision.retiring().stream().map(ToldRemoval::of).toList(),
                decision.impairments(),
                decision.attachments(),
                decision.decidedAt());
    }
}
