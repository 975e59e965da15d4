package io.vlink.path.decision;

import io.vlink.events.DatapathId;
import io.vlink.events.SwitchPort;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Outcome;
import io.vlink.path.allocation.Ways;
import io.vlink.path.planning.Demand;
import io.vlink.path.planning.Demands;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one network occupies and depends on. It leads from a change to the networks concerned.
 *
 * @param ways resources along the routes of its circuits
 * @param nodes nodes that its circuits cross, that it names, or that its attachments are on
 * @param places ports of its attachments, as users name them
 * @param claimed switch ports that its circuits' endpoints use
 * @param displacedOn switches of circuits that may be where something was declared before, and are still followed there
 * @param attached switch ports of its attachments, whether these may use them or not
 */
record Footprint(
        Ways ways,
        Set<String> nodes,
        Set<DeclaredPort> places,
        Set<SwitchPort> claimed,
        Set<DatapathId> displacedOn,
        Set<SwitchPort> attached) {

    static final Footprint NOTHING = new Footprint(Ways.NONE, Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    /** A port of a node as users name it. */
    record DeclaredPort(String node, String locator) {}

    /** Returns the footprint of a draft; reuses the unchanged parts of this one. */
    Footprint now(Draft draft, @Nullable Demands demands, List<Attachment> attachments, Set<SwitchPort> atPorts) {
        Ways along = ways.now(draft.current(), draft.removals());
        return new Footprint(
                along,
                nodes(along.nodes(), demands, attachments),
                places(attachments),
                claimed(draft.circuits()),
                displacedOn(draft),
                atPorts);
    }

    /** Returns the nodes crossed or named. Most networks name only nodes that they cross. */
    private static Set<String> nodes(Set<String> crossed, @Nullable Demands demands, List<Attachment> attachments) {
        List<String> named = new ArrayList<>();
        if (demands != null) {
            named.addAll(demands.endpoints());
            for (Demand demand : demands.all()) {
                named.add(demand.from());
                named.add(demand.to());
            }
        }
        for (Attachment attachment : attachments) {
            named.add(attachment.spec().node());
        }
        if (crossed.containsAll(named)) {
            return crossed;
        }
        Set<String> nodes = new HashSet<>(crossed);
        nodes.addAll(named);
        return nodes;
    }

    private static Set<DeclaredPort> places(List<Attachment> attachments) {
        Set<DeclaredPort> places = new HashSet<>();
        for (Attachment attachment : attachments) {
            places.add(new DeclaredPort(
                    attachment.spec().node(), attachment.spec().port().text()));
        }
        return places;
    }

    private static Set<SwitchPort> claimed(List<Circuit> circuits) {
        Set<SwitchPort> claimed = new HashSet<>();
        for (Circuit circuit : circuits) {
            for (Endpoint endpoint : circuit.endpoints()) {
                if (endpoint.port() != null) {
                    claimed.add(new SwitchPort(endpoint.datapathId(), endpoint.port()));
                }
            }
        }
        return claimed;
    }

    private static Set<DatapathId> displacedOn(Draft draft) {
        Circuit current = draft.current();
        if (current == null && draft.is(Outcome.WITHDRAWN)) {
            return Set.of();
        }
        Set<DatapathId> switches = new HashSet<>();
        if (current != null && draft.isDisplaced()) {
            switches.addAll(current.datapathIds());
        }
        for (CircuitRemoval removal : draft.removals()) {
            if (!removal.quarantined() && removal.formerOf() == null) {
                switches.addAll(removal.circuit().datapathIds());
            }
        }
        return switches;
    }
}
