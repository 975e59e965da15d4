package io.vlink.networkapi.recorder;

import io.vlink.events.AttachmentId;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.usage.Claims;
import io.vlink.networkapi.usage.Thing;
import io.vlink.networkapi.usage.Usage;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recorded state of one partition. Decides requests and returns the records to write. Replay the log with
 * {@link #load} first, then decide. Decisions take effect at once in memory: if their records cannot be written,
 * discard this recorder.
 *
 * <p>A withdrawn network stays, marked, until path-service reports that nothing of it is left; then its record is
 * deleted. The same applies to a node or a link that circuits use, until none does. Attachments, and nodes and links
 * that nothing uses, are removed at once: a withdrawn record for followers, then a tombstone.
 */
public final class Recorder {

    private final GenerationLedger<ResourceId, NodeSpec> nodes =
            new GenerationLedger<>(Node.TOPIC, "node", ResourceId::overlay, Node::new);
    private final GenerationLedger<ResourceId, LinkSpec> links =
            new GenerationLedger<>(Link.TOPIC, "link", ResourceId::overlay, Link::new);
    private final GenerationLedger<NetworkId, NetworkSpec> networks =
            new GenerationLedger<>(Network.TOPIC, "network", NetworkId::overlay, Network::new);
    private final GenerationLedger<AttachmentId, AttachmentSpec> attachments = new GenerationLedger<>(
            Attachment.TOPIC, "attachment", id -> id.network().overlay(), Attachment::new);
    private final Map<Topic, GenerationLedger<?, ?>> ledgers = new EnumMap<>(
            Map.of(Topic.NODES, nodes, Topic.LINKS, links, Topic.NETWORKS, networks, Topic.ATTACHMENTS, attachments));
    private final LedgerIndex<ResourceId, NodeSpec, Thing.OfSwitch> nodesBySwitch =
            nodes.index((id, spec) -> new Thing.OfSwitch(id.overlay(), spec.datapathId()));
    private final TopologyRules topology = new TopologyRules(nodes, nodesBySwitch, links);
    private final SwitchClaims switches;
    private final PendingRemovals<NodeSpec> nodesInUse;
    private final PendingRemovals<LinkSpec> linksInUse;
    /** For networks with a decision: the generation of which nothing is left, or -1. */
    private final Map<NetworkId, Long> removedAt = new HashMap<>();

    /**
     * Makes an empty recorder.
     *
     * @param usage the nodes and links that circuits use, as known so far
     * @param claims the claims of overlays to switches, as known so far
     * @param ours whether an overlay belongs to this partition
     */
    public Recorder(Usage usage, Claims claims, Predicate<String> ours) {
        switches = new SwitchClaims(claims, nodes, nodesBySwitch, usage, ours);
        nodesInUse = new PendingRemovals<>(
                nodes,
                "node",
                id -> usage.of(new Thing.OfNode(id)),
                (one, other) -> one.datapathId().equals(other.datapathId()),
                (id, spec) -> switches.touched(id.overlay(), spec.datapathId()));
        linksInUse = new PendingRemovals<>(
                links,
                "link",
                id -> usage.of(new Thing.OfLink(id)),
                (one, other) ->
                        one.from().equals(other.from()) && one.to().equals(other.to()) && one.kind() == other.kind(),
                (id, spec) -> {});
    }

    // ---- replay of the log

    /** Notes that a record of {@code topic} is at {@code offset}. */
    public void seen(Topic topic, long offset) {
        endsAt(topic, offset + 1);
    }

    /** Notes that the next record of {@code topic} will be at {@code offset} or later. */
    public void endsAt(Topic topic, long offset) {
        GenerationLedger<?, ?> ledger = ledgers.get(topic);
        if (ledger != null) { // else the topic has no generations
            ledger.endsAt(offset);
        }
    }

    public void load(Node node) {
        nodes.load(new GenerationLedger.Line<>(
                node.id(), node.generation(), node.withdrawn(), node.createdAt(), node.spec(), node.requestedBy()));
    }

    public void load(Link link) {
        links.load(new GenerationLedger.Line<>(
                link.id(), link.generation(), link.withdrawn(), link.createdAt(), link.spec(), link.requestedBy()));
    }

    public void load(Network network) {
        networks.load(new GenerationLedger.Line<>(
                network.id(),
                network.generation(),
                network.withdrawn(),
                network.createdAt(),
                network.spec(),
                network.requestedBy()));
    }

    public void load(Attachment attachment) {
        attachments.load(new GenerationLedger.Line<>(
                attachment.id(),
                attachment.generation(),
                attachment.withdrawn(),
                attachment.createdAt(),
                attachment.spec(),
                attachment.requestedBy()));
    }

    /** Removes a thing after its tombstone. */
    public void drop(Topic topic, String key) {
        GenerationLedger<?, ?> ledger = ledgers.get(topic);
        if (ledger != null) {
            ledger.drop(key);
        }
    }

    /** Notes that path-service has deleted its decision about a network. */
    public void decisionDeleted(NetworkId id) {
        removedAt.remove(id);
    }

    /** Takes in a decision of path-service. */
    public void load(PathDecision decision) {
        networks.given(decision.revision().generation());
        removedAt.put(decision.id(), nothingLeft(decision) ? decision.revision().generation() : -1L);
    }

    private static boolean nothingLeft(PathDecision decision) {
        return decision.outcome() == Outcome.WITHDRAWN
                && decision.current() == null
                && decision.retiring().stream().allMatch(CircuitRemoval::quarantined);
    }

    // ---- requests

    /** Removes every withdrawn network of which nothing is left. Call it once all is loaded. */
    public List<RecordWrite> settle() {
        return networks.all().stream()
                .flatMap(line -> settle(line.id()).stream())
                .toList();
    }

    /** Removes a network if it is withdrawn and nothing is left of it. Call it after each decision. */
    public List<RecordWrite> settle(NetworkId id) {
        var line = networks.get(id);
        boolean ends = line != null && line.withdrawn() && removedAt.getOrDefault(id, -1L) >= line.generation();
        return ends ? List.of(networks.erase(id)) : List.of();
    }

    /**
     * Notes that all earlier decisions are known, and removes withdrawn nodes and links that nothing uses. Before, a
     * node or link that seems unused may be in use.
     */
    public List<RecordWrite> usageIsKnown() {
        switches.isKnown();
        return Stream.concat(nodesInUse.usageIsKnown().stream(), linksInUse.usageIsKnown().stream())
                .toList();
    }

    /** Removes withdrawn nodes and links that nothing uses any more. Call it after each decision. */
    public List<RecordWrite> settleTopology() {
        switches.usageChanged();
        return nodesInUse.isEmpty() && linksInUse.isEmpty()
                ? List.of()
                : Stream.concat(nodesInUse.settle().stream(), linksInUse.settle().stream())
                        .toList();
    }

    /** Returns whether a request can be decided now. If not, it waits for its switch, see {@link #isClaimed}. */
    public boolean isReady(Request request) {
        Thing.OfSwitch of = claimedFor(request);
        return of == null || isClaimed(of);
    }

    /**
     * Returns whether it is known which overlay has a switch, so that requests that need it can be decided. If not, the
     * switch is claimed with the next {@link #settleClaims}, and the answer may change with the next {@link #claimRead}
     * of the switch, or with {@link #usageIsKnown}.
     */
    public boolean isClaimed(Thing.OfSwitch of) {
        return switches.isSettled(of);
    }

    /** Notes that no request waits for this switch any more: its claim may be given up. */
    public void awaitedNoMore(Thing.OfSwitch of) {
        switches.touched(of.overlay(), of.datapathId());
    }

    /** Returns the switch that is claimed before a request is decided; null: none. */
    public static Thing.@Nullable OfSwitch claimedFor(Request request) {
        return request instanceof Request.DeclareNode node
                ? new Thing.OfSwitch(node.overlay(), node.spec().datapathId())
                : null;
    }

    /** Notes that a claim of an overlay to a switch, or its tombstone, was read. */
    public void claimRead(String overlay, DatapathId datapathId) {
        switches.read(new Thing.OfSwitch(overlay, datapathId));
    }

    /**
     * Returns the claims and tombstones to write. They must be committed before anything else is decided. Call it last.
     *
     * @param awaited whether a request not yet decided needs a switch, see {@link #claimedFor}; its claim is not given
     *     up before {@link #awaitedNoMore}
     */
    public List<RecordWrite> settleClaims(Instant now, Predicate<Thing.OfSwitch> awaited) {
        return switches.settle(now, awaited);
    }

    public Verdict on(Request request, Instant now) {
        return switch (request) {
            case Request.DeclareNode r -> declare(r, now);
            case Request.WithdrawNode r -> {
                List<Violation> violations = topology.violationsOfRemoval(r.id());
                yield violations.isEmpty()
                        ? nodesInUse.remove(r.id(), r.ifGeneration(), r.requestedBy())
                        : new Verdict.Denied(violations);
            }
            case Request.DeclareLink r -> {
                List<Violation> violations = topology.violationsOf(r.id(), r.spec());
                yield violations.isEmpty()
                        ? linksInUse.declare(r.id(), r.spec(), r.ifGeneration(), r.requestedBy(), now)
                        : new Verdict.Denied(violations);
            }
            case Request.WithdrawLink r -> linksInUse.remove(r.id(), r.ifGeneration(), r.requestedBy());
            case Request.DeclareNetwork r -> networks.declare(r.id(), r.spec(), r.ifGeneration(), r.requestedBy(), now);
            case Request.WithdrawNetwork r -> networks.remove(r.id(), r.ifGeneration(), r.requestedBy());
            case Request.DeclareAttachment r ->
                attachments.declare(r.id(), r.spec(), r.ifGeneration(), r.requestedBy(), now);
            case Request.WithdrawAttachment r -> remove(r);
        };
    }

    private Verdict declare(Request.DeclareNode r, Instant now) {
        DatapathId wanted = r.spec().datapathId();
        GenerationLedger.Line<ResourceId, NodeSpec> before = nodes.get(r.id());
        switches.touched(r.overlay(), wanted);
        if (before != null) {
            switches.touched(r.overlay(), before.spec().datapathId());
        }
        if (switches.isOfAnother(wanted, r.overlay())) {
            return Verdict.Denied.of(
                    "$.spec.datapathId", RequestReason.CONFLICT, TopologyRules.ofAnotherOverlay(wanted));
        }
        List<Violation> violations = topology.violationsOf(r.id(), r.spec());
        return violations.isEmpty()
                ? nodesInUse.declare(r.id(), r.spec(), r.ifGeneration(), r.requestedBy(), now)
                : new Verdict.Denied(violations);
    }

    /** Removes an attachment at once, since nothing delays that. */
    private Verdict remove(Request.WithdrawAttachment r) {
        return switch (attachments.remove(r.id(), r.ifGeneration(), r.requestedBy())) {
            case Verdict.Denied denied -> denied;
            case Verdict.Granted granted -> granted.and(attachments.erase(r.id()));
        };
    }
}
