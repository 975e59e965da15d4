package io.vlink.gateway.links;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.links.Heard;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkState;
import io.vlink.events.links.LinkStateReason;
import io.vlink.events.nodes.Node;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The states of the links on which switches of this shard receive. A link is up exactly while its receiving port exists and
 * is up. While a switch is disconnected, its ports and links keep their last known state.
 */
public final class LinkStates {

    /** The receiving switch of a link. */
    public interface ReceivingSwitch {
        /** The mastership under which the states of its links are written. */
        long epoch();

        /** Returns whether any of its ports was ever seen. */
        boolean isKnown();

        Optional<Port> port(LinkEnd end);

        /** The time when labelled frames last came in at a port; null: never. */
        @Nullable Instant heardOn(PortNumber port);

        /** The reason why the gateway could not create the tunnel that a link needs; absent: there is no problem. */
        Optional<String> tunnelProblem(ResourceId link);
    }

    /**
     * The records to write.
     *
     * @param states the changed states
     * @param removed the links whose state is to be deleted
     * @param changed those of the states in which the link itself went up or down, or has another message
     */
    public record News(List<LinkState> states, List<ResourceId> removed, List<LinkState> changed) {}

    private final Predicate<DatapathId> ours;
    private final Map<ResourceId, Node> nodes = new HashMap<>();
    private final Map<ResourceId, Link> links = new HashMap<>();
    private final Map<DatapathId, Set<ResourceId>> receiving = new HashMap<>();
    private final Map<ResourceId, LinkState> published = new HashMap<>();
    private final Set<ResourceId> dirty = new LinkedHashSet<>();
    private final Hearing hearing = new Hearing();
    private final Predicate<String> toDelete;
    private boolean serving;

    /**
     * Creates an empty instance.
     *
     * @param ours whether this shard owns a switch
     * @param toDelete whether this shard deletes the states of an overlay's links that are no longer recorded
     */
    public LinkStates(Predicate<DatapathId> ours, Predicate<String> toDelete) {
        this.ours = ours;
        this.toDelete = toDelete;
    }

    /** The highest mastership under which the state of any link was written. */
    public long highestEpoch() {
        return published.values().stream().mapToLong(LinkState::epoch).max().orElse(0);
    }

    public void node(ResourceId id, @Nullable Node node) {
        if (node == null) { // a node being removed stays in use until its record is deleted
            nodes.remove(id);
        } else {
            nodes.put(id, node);
        }
        for (Link link : links.values()) {
            if (link.id().overlay().equals(id.overlay())
                    && link.spec().to().node().equals(id.name())) {
                index(link);
            }
        }
    }

    public void link(ResourceId id, @Nullable Link link) {
        if (link == null) {
            links.remove(id);
            receiving.values().forEach(set -> set.remove(id));
            dirty.add(id);
        } else {
            links.put(id, link);
            index(link);
        }
    }

    /** Applies a record of the link-states topic. */
    public void loaded(ResourceId id, @Nullable LinkState state) {
        if (state == null) {
            published.remove(id);
        } else {
            LinkState held = published.get(id);
            // While serving, a record of the same mastership is older than the state held here.
            if (held == null || held.epoch() < state.epoch() || (!serving && held.epoch() == state.epoch())) {
                published.put(id, state);
            }
        }
        dirty.add(id);
    }

    /** Notes that the ports or the mastership of a switch changed. */
    public void changed(DatapathId datapathId) {
        dirty.addAll(receiving.getOrDefault(datapathId, Set.of()));
    }

    /** Applies the record of any switch; null: it was deleted. */
    public void heard(DatapathId datapathId, @Nullable Switch state) {
        if (hearing.heard(datapathId, state)) {
            for (Link link : links.values()) {
                if (datapathId.equals(sender(link))) {
                    dirty.add(link.id());
                }
            }
        }
    }

    /** Notes that the counters of a switch were read: it may have heard a switch that has lost its controller. */
    public void counted(DatapathId datapathId) {
        if (hearing.isIdle()) {
            return;
        }
        for (ResourceId id : receiving.getOrDefault(datapathId, Set.of())) {
            Link link = links.get(id);
            DatapathId sender = link == null ? null : sender(link);
            if (sender != null && hearing.isLost(sender)) {
                dirty.add(id);
            }
        }
    }

    private @Nullable DatapathId sender(Link link) {
        Node node =
                nodes.get(new ResourceId(link.id().overlay(), link.spec().from().node()));
        return node == null ? null : node.spec().datapathId();
    }

    /** Returns the records to write now. */
    public News news(Function<DatapathId, ReceivingSwitch> switches, Instant now) {
        serving = true;
        List<LinkState> states = new ArrayList<>();
        List<ResourceId> removed = new ArrayList<>();
        List<LinkState> changed = new ArrayList<>();
        for (ResourceId id : dirty) {
            Link link = links.get(id);
            if (link == null) {
                LinkState state = published.remove(id);
                if (state != null && toDelete.test(id.overlay())) {
                    removed.add(id);
                }
                continue;
            }
            Node node = nodes.get(receiver(link));
            if (node != null && ours.test(node.spec().datapathId())) {
                LinkState next = judge(link, node, switches.apply(node.spec().datapathId()), now);
                LinkState before = published.put(id, next);
                if (!next.equals(before)) {
                    states.add(next);
                    if (before == null || !saysSame(next, before)) {
                        changed.add(next);
                    }
                }
            }
        }
        dirty.clear();
        return new News(states, removed, changed);
    }

    private static boolean saysSame(LinkState one, LinkState other) {
        return one.up() == other.up() && Objects.equals(one.message(), other.message());
    }

    private LinkState judge(Link link, Node node, ReceivingSwitch receiver, Instant now) {
        LinkEnd end = link.spec().to();
        Optional<Port> port = receiver.port(end);
        if (!receiver.isKnown()) {
            return state(
                    link,
                    receiver,
                    LinkStateReason.SWITCH_UNKNOWN.word(),
                    "The switch %s of node %s has never connected."
                            .formatted(node.spec().datapathId(), end.node()),
                    now);
        }
        Optional<String> tunnelProblem = receiver.tunnelProblem(link.id());
        if (link.spec().kind() == LinkKind.VXLAN && tunnelProblem.isPresent()) {
            return state(link, receiver, LinkStateReason.TUNNEL_REFUSED.word(), tunnelProblem.get(), now);
        }
        if (port.isEmpty()) {
            return state(
                    link,
                    receiver,
                    LinkStateReason.PORT_UNKNOWN.word(),
                    "The switch of node %s has no port %s.".formatted(end.node(), end.port()),
                    now);
        }
        Hindrance hindrance = port.get().cannotReceive("node " + end.node());
        return hindrance == null
                ? state(link, receiver, null, null, now)
                : state(link, receiver, hindrance.reason(), hindrance.message(), now);
    }

    private LinkState state(
            Link link, ReceivingSwitch receiver, @Nullable String reason, @Nullable String message, Instant now) {
        boolean up = reason == null;
        LinkState before = published.get(link.id());
        Instant since = before != null && before.up() == up ? before.since() : now;
        Instant heardAt = hearing.isIdle()
                ? null
                : receiver.port(link.spec().to())
                        .map(port -> receiver.heardOn(port.id().port()))
                        .orElse(null);
        Heard heard = hearing.of(sender(link), heardAt, before == null ? null : before.heard());
        return new LinkState(link.id(), receiver.epoch(), up, reason, message, since, null, heard);
    }

    private void index(Link link) {
        receiving.values().forEach(set -> set.remove(link.id()));
        Node node = nodes.get(receiver(link));
        if (node != null) {
            receiving
                    .computeIfAbsent(node.spec().datapathId(), id -> new HashSet<>())
                    .add(link.id());
        }
        dirty.add(link.id());
    }

    private static ResourceId receiver(Link link) {
        return new ResourceId(link.id().overlay(), link.spec().to().node());
    }
}
