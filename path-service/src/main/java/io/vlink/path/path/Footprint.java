package io.vlink.path.path;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.End;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.Retiring;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one network occupies and depends on: by this, changes find the networks that they concern.
 *
 * @param reserved bandwidth at each side of wires
 * @param bestEffort sending sides of wires where its circuits send without bandwidth, and over which link
 * @param links links that its circuits cross
 * @param nodes nodes that its circuits cross, that it names, or that its attachments are on
 * @param places ports, as users call them, of its attachments
 * @param claimed switch ports that its circuits' ends use
 * @param wired switch ports that links of its circuits use
 * @param displacedOn switches of circuits that may lie where something was declared before, and are still followed there
 * @param attached switch ports that its attachments are at, whether they may use them or not
 */
record Footprint(
        Map<WireSide, Long> reserved,
        Set<Shares.Sender> bestEffort,
        Set<String> links,
        Set<String> nodes,
        Set<Place> places,
        Set<SwitchPort> claimed,
        Set<SwitchPort> wired,
        Set<DatapathId> displacedOn,
        Set<SwitchPort> attached) {

    static final Footprint NOTHING =
            new Footprint(Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    /** A port of a node as users call it. */
    record Place(String node, String locator) {}

    static Footprint of(
            Draft draft, @Nullable Demands demands, List<Attachment> attachments, Set<SwitchPort> attached) {
        Set<String> links = new HashSet<>();
        Set<String> nodes = new HashSet<>();
        Set<Place> places = new HashSet<>();
        Set<SwitchPort> claimed = new HashSet<>();
        Set<SwitchPort> wired = new HashSet<>();
        for (Circuit circuit : draft.circuits()) {
            for (Route route : circuit.routes()) {
                for (Hop hop : route.hops()) {
                    nodes.add(hop.node());
                }
                for (Side side : route.sides()) {
                    add(side, links, wired);
                }
            }
            for (End end : circuit.ends()) {
                add(end, claimed);
            }
        }
        if (demands != null) {
            nodes.addAll(demands.ends());
            for (Demand demand : demands.all()) {
                nodes.add(demand.from());
                nodes.add(demand.to());
            }
        }
        for (Attachment attachment : attachments) {
            nodes.add(attachment.spec().node());
            places.add(
                    new Place(attachment.spec().node(), attachment.spec().port().text()));
        }
        return new Footprint(
                Reservations.of(FormerRates.whole(draft.current(), draft.retiring())),
                Shares.senders(draft.current(), draft.retiring()),
                links,
                nodes,
                places,
                claimed,
                wired,
                displacedOn(draft),
                attached);
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
        for (Retiring leaving : draft.retiring()) {
            if (!leaving.quarantined() && leaving.formerOf() == null) {
                switches.addAll(leaving.circuit().datapathIds());
            }
        }
        return switches;
    }

    private static void add(Side side, Set<String> links, Set<SwitchPort> wired) {
        PortNumber port = side.port();
        if (port != null) {
            wired.add(new SwitchPort(side.hop().datapathId(), port));
        }
        if (side.sending()) {
            links.add(side.lane().link());
        }
    }

    private static void add(End end, Set<SwitchPort> claimed) {
        if (end.port() != null) {
            claimed.add(new SwitchPort(end.datapathId(), end.port()));
        }
    }
}
