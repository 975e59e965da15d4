package io.vlink.path.decision;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.paths.AttachmentReason;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.switches.Hindrance;
import io.vlink.path.planning.FrameRoom;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Assigns attachments to endpoints. An attachment keeps its endpoint as long as it exists, even if a link is declared at its
 * port. A free endpoint goes to the first attachment whose port may be used: a port belongs to one network at most, to a
 * workload or to a link but not to both (whether that link is declared or only still crossed), and its frames must fit the
 * links.
 */
final class EndpointAssignment {

    /** Bound on reported attachments: a decision must fit into one record even if thousands wait for an endpoint. */
    private static final int MAX_SHOWN = 500;

    private final Topology topology;
    private final PortTable ports;
    private final NetworkIndex index;

    EndpointAssignment(Topology topology, PortTable ports, NetworkIndex index) {
        this.topology = topology;
        this.ports = ports;
        this.index = index;
    }

    /** The place of an endpoint; its switch is null while its node is unknown. */
    record EndpointLocation(String node, @Nullable DatapathId datapathId) {

        static EndpointLocation of(Endpoint endpoint) {
            return new EndpointLocation(endpoint.node(), endpoint.datapathId());
        }
    }

    /**
     * The result of an assignment.
     *
     * @param attachments the attachment at each endpoint; null: none
     * @param attached ports of all attachments, whether these may use them or not
     */
    record AssignedEndpoints(
            List<@Nullable AssignedAttachment> attachments, List<AttachmentState> states, Set<SwitchPort> attached) {}

    record AssignedAttachment(
            Attachment attachment, @Nullable PortNumber port) {}

    private static AssignedAttachment assignedAttachment(Candidate candidate) {
        SwitchPort port = candidate.port();
        return new AssignedAttachment(candidate.attachment(), port == null ? null : port.port());
    }

    /** Assigns the endpoints of a network without a circuit. */
    AssignedEndpoints assign(NetworkState network, List<EndpointLocation> locations, @Nullable PathDecision before) {
        return assign(network, locations, before, null);
    }

    /** Assigns the endpoints of a network's present or future circuit. */
    AssignedEndpoints assign(NetworkState network, Circuit circuit, @Nullable PathDecision before) {
        List<EndpointLocation> locations = new ArrayList<>(circuit.endpoints().size());
        for (Endpoint endpoint : circuit.endpoints()) {
            locations.add(EndpointLocation.of(endpoint));
        }
        return assign(network, locations, before, circuit);
    }

    private AssignedEndpoints assign(
            NetworkState network,
            List<EndpointLocation> locations,
            @Nullable PathDecision before,
            @Nullable Circuit circuit) {
        List<Candidate> candidates = candidates(network, locations, before, circuit);
        List<@Nullable Candidate> chosen = choose(currentFirst(candidates, before), locations, before);
        List<AttachmentState> states = new ArrayList<>();
        Set<SwitchPort> attached = new HashSet<>();
        for (Candidate candidate : candidates) {
            boolean holds = chosen.contains(candidate);
            if (holds) {
                states.add(candidate.state(true));
            } else if (states.size() < MAX_SHOWN) {
                states.add(refused(candidate, chosen));
            }
            if (candidate.port() != null) {
                attached.add(candidate.port());
            }
        }
        List<@Nullable AssignedAttachment> attachments = new ArrayList<>(chosen.size());
        for (Candidate candidate : chosen) {
            attachments.add(candidate == null ? null : assignedAttachment(candidate));
        }
        return new AssignedEndpoints(attachments, states, attached);
    }

    /** Makes a candidate of each attachment. The links' frame size is looked up only if a port reports an MTU. */
    private List<Candidate> candidates(
            NetworkState network,
            List<EndpointLocation> locations,
            @Nullable PathDecision before,
            @Nullable Circuit circuit) {
        List<Candidate> candidates = new ArrayList<>(network.attachments().size());
        boolean sized = false;
        for (Attachment attachment : network.attachments()) {
            Candidate candidate = candidate(network, attachment, locations, holds(attachment, before));
            candidates.add(candidate);
            sized |= candidate.port() != null && ports.mtu(candidate.port()) != null;
        }
        FrameRoom room = sized && circuit != null ? FrameRoom.of(circuit, ports) : null;
        if (room != null) {
            candidates.replaceAll(candidate -> fitted(candidate, room, before));
        }
        return candidates;
    }

    /** Chooses the attachment for each endpoint: first the present one, then, endpoint by endpoint, the first eligible one. */
    private static List<@Nullable Candidate> choose(
            List<Candidate> ranked, List<EndpointLocation> locations, @Nullable PathDecision before) {
        Circuit circuit = before == null ? null : before.current();
        List<@Nullable Candidate> chosen = new ArrayList<>(locations.size());
        for (int i = 0; i < locations.size(); i++) {
            Endpoint held = circuit == null || i >= circuit.endpoints().size()
                    ? null
                    : circuit.endpoints().get(i);
            Candidate sticky = sticky(ranked, locations.get(i), held);
            chosen.add(sticky == null || differs(sticky, chosen) ? sticky : null);
        }
        for (int i = 0; i < locations.size(); i++) {
            if (chosen.get(i) == null) {
                chosen.set(i, first(ranked, locations.get(i), candidate -> differs(candidate, chosen)));
            }
        }
        return chosen;
    }

    /** Returns the circuit with these attachments at its endpoints. */
    static Circuit attach(Circuit circuit, AssignedEndpoints assigned) {
        List<Endpoint> endpoints = new ArrayList<>(circuit.endpoints().size());
        for (int i = 0; i < circuit.endpoints().size(); i++) {
            endpoints.add(
                    endpoint(circuit.endpoints().get(i), assigned.attachments().get(i)));
        }
        return circuit.withEndpoints(endpoints);
    }

    /** Returns a circuit being removed with its endpoints as they are, without ports that their attachments left. */
    Circuit keep(Circuit circuit, NetworkState network) {
        List<Endpoint> endpoints = new ArrayList<>(circuit.endpoints().size());
        for (Endpoint endpoint : circuit.endpoints()) {
            endpoints.add(keep(endpoint, network));
        }
        return circuit.withEndpoints(endpoints);
    }

    private Endpoint keep(Endpoint endpoint, NetworkState network) {
        List<EndpointLocation> location = List.of(EndpointLocation.of(endpoint));
        for (Attachment attachment : network.attachments()) {
            if (attachment.id().id().equals(endpoint.attachment())
                    && attachment.spec().node().equals(endpoint.node())) {
                Candidate candidate = candidate(network, attachment, location, endpoint.port());
                return candidate.eligible()
                        ? endpoint(endpoint, assignedAttachment(candidate))
                        : endpoint(endpoint, null);
            }
        }
        return endpoint(endpoint, null);
    }

    private static Endpoint endpoint(Endpoint endpoint, @Nullable AssignedAttachment assigned) {
        return new Endpoint(
                endpoint.node(),
                endpoint.datapathId(),
                assigned == null ? null : assigned.attachment().id().id(),
                assigned == null ? null : assigned.port());
    }

    /** Returns the port that an attachment has had so far; null: none. */
    private static @Nullable PortNumber holds(Attachment attachment, @Nullable PathDecision before) {
        Circuit circuit = before == null ? null : before.current();
        if (circuit == null) {
            return null;
        }
        for (Endpoint endpoint : circuit.endpoints()) {
            if (attachment.id().id().equals(endpoint.attachment())
                    && endpoint.node().equals(attachment.spec().node())) {
                return endpoint.port();
            }
        }
        return null;
    }

    private Candidate candidate(
            NetworkState network, Attachment attachment, List<EndpointLocation> locations, @Nullable PortNumber held) {
        String node = attachment.spec().node();
        EndpointLocation location = locationAt(node, locations);
        if (location == null || location.datapathId() == null) {
            return topology.node(node) == null
                    ? Candidate.barred(
                            attachment, null, AttachmentReason.NODE_UNKNOWN, "There is no node %s.".formatted(node))
                    : Candidate.barred(
                            attachment,
                            null,
                            AttachmentReason.NODE_IS_NO_END,
                            "The network's endpoints are at %s, not at %s."
                                    .formatted(
                                            locations.stream()
                                                    .map(EndpointLocation::node)
                                                    .collect(Collectors.joining(" and ")),
                                            node));
        }
        PortNumber number = ports.find(location.datapathId(), attachment.spec().port());
        if (number == null) {
            String why =
                    ports.whyUnknown(location.datapathId(), attachment.spec().port());
            return new Candidate(
                    attachment,
                    null,
                    true,
                    AttachmentReason.PORT_UNKNOWN.word(),
                    "The port %s of %s is not there: %s."
                            .formatted(attachment.spec().port(), node, why),
                    false);
        }
        SwitchPort port = new SwitchPort(location.datapathId(), number);
        String link = number.equals(held) ? null : linkAt(port);
        if (link != null) {
            return Candidate.barred(
                    attachment,
                    port,
                    AttachmentReason.PORT_IS_LINK,
                    "The port %s of %s (number %s) %s."
                            .formatted(attachment.spec().port(), node, number, link));
        }
        NetworkState claimant = index.otherClaimant(port, network);
        if (claimant != null) {
            return Candidate.barred(
                    attachment,
                    port,
                    AttachmentReason.PORT_TAKEN,
                    "The port %s of %s (number %s) is taken by %s."
                            .formatted(attachment.spec().port(), node, number, named(claimant.id(), network.id())));
        }
        Hindrance hindrance = ports.hindrance(port, node);
        return hindrance == null
                ? new Candidate(attachment, port, true, null, null, false)
                : new Candidate(
                        attachment, port, true, hindrance.reason(), hindrance.message(), true, ports.since(port));
    }

    private static @Nullable EndpointLocation locationAt(String node, List<EndpointLocation> locations) {
        for (EndpointLocation location : locations) {
            if (location.node().equals(node)) {
                return location;
            }
        }
        return null;
    }

    /** Checks frame sizes. A live vlink still carries the smaller frames: an MTU too large is reported, and nothing is cut. */
    private Candidate fitted(Candidate candidate, FrameRoom room, @Nullable PathDecision before) {
        Integer mtu = candidate.port() == null || !candidate.eligible() ? null : ports.mtu(candidate.port());
        if (mtu == null || room.holds(mtu) || candidate.cut()) {
            return candidate;
        }
        return new Candidate(
                candidate.attachment(),
                candidate.port(),
                isLive(candidate, before == null ? null : before.current()),
                AttachmentReason.MTU_TOO_LARGE.word(),
                room.tooSmallFor(mtu, candidate.attachment().spec().port().text(), candidate.node()),
                false);
    }

    private static boolean isLive(Candidate candidate, @Nullable Circuit circuit) {
        return circuit != null
                && circuit.installable()
                && circuit.endpoints().stream()
                        .anyMatch(endpoint -> candidate.id().equals(endpoint.attachment()));
    }

    /** Describes a port's connection with a link, for people; null: there is none. */
    private @Nullable String linkAt(SwitchPort port) {
        for (String name : topology.linksAt(port)) {
            if (topology.link(name) != null) {
                return "belongs to the link " + name;
            }
        }
        return index.wiredAt(port).isEmpty()
                ? null
                : "is still used by paths over a link that is no longer declared there";
    }

    /** Names a network; those of other namespaces are not disclosed. */
    private static String named(NetworkId other, NetworkId own) {
        return other.namespace().equals(own.namespace())
                ? "the network " + other.name()
                : "a network of another namespace";
    }

    /** Returns the candidate that held the same endpoint before; null: none did. */
    private static @Nullable Candidate sticky(
            List<Candidate> candidates, EndpointLocation location, @Nullable Endpoint before) {
        return before == null || !before.node().equals(location.node())
                ? null
                : first(candidates, location, candidate -> candidate.id().equals(before.attachment()));
    }

    private static List<Candidate> currentFirst(List<Candidate> candidates, @Nullable PathDecision before) {
        if (before == null) {
            return candidates;
        }
        Set<String> current = new HashSet<>();
        for (AttachmentState known : before.attachments()) {
            if (known.holds()) {
                current.add(known.attachment());
            }
        }
        List<Candidate> first = new ArrayList<>(candidates.size());
        List<Candidate> others = new ArrayList<>();
        for (Candidate candidate : candidates) {
            (current.contains(candidate.id()) ? first : others).add(candidate);
        }
        first.addAll(others);
        return first;
    }

    private static @Nullable Candidate first(
            List<Candidate> candidates, EndpointLocation location, Predicate<Candidate> condition) {
        for (Candidate candidate : candidates) {
            if (candidate.eligible() && candidate.node().equals(location.node()) && condition.test(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** Returns whether a candidate differs from the others: two endpoints on one node need two attachments at two ports, even unknown ones. */
    private static boolean differs(Candidate candidate, List<@Nullable Candidate> others) {
        for (Candidate other : others) {
            if (other != null && (candidate.equals(other) || candidate.isAtPortOf(other))) {
                return false;
            }
        }
        return true;
    }

    private static AttachmentState refused(Candidate candidate, List<@Nullable Candidate> chosen) {
        if (!candidate.eligible()) {
            return candidate.state(false);
        }
        for (Candidate other : chosen) {
            if (other != null && candidate.isAtPortOf(other)) {
                return new AttachmentState(
                        candidate.id(),
                        candidate.node(),
                        false,
                        AttachmentReason.PORT_TAKEN.word(),
                        "The port %s of %s is taken by the attachment %s."
                                .formatted(candidate.attachment().spec().port(), candidate.node(), other.id()));
            }
        }
        List<String> others = new ArrayList<>();
        for (Candidate other : chosen) {
            if (other != null && other.node().equals(candidate.node())) {
                others.add(other.id());
            }
        }
        return new AttachmentState(
                candidate.id(),
                candidate.node(),
                false,
                AttachmentReason.END_TAKEN.word(),
                "The endpoint at %s is taken by the %s %s."
                        .formatted(
                                candidate.node(),
                                others.size() == 1 ? "attachment" : "attachments",
                                others.stream().sorted().collect(Collectors.joining(" and "))));
    }
}
