package io.vlink.path.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.dryruns.DryRunRequest;
import io.vlink.events.dryruns.DryRunResult;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Remark;
import io.vlink.path.allocation.Share;
import io.vlink.path.decision.Decisions;
import io.vlink.path.decision.OverlayDecider;
import io.vlink.path.decision.PathSettings;
import io.vlink.path.decision.RemovedCircuits;
import io.vlink.path.topology.PortTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An overlay with its whole environment: tests declare, report and confirm as users and services do, and check the
 * decisions. Nodes are letters; the link {@code ac} leads from port {@code to-c} of node-a to port {@code to-a} of node-c.
 * It keeps the last record of each key, as Kafka does, for restarts at any time.
 */
public final class World extends Infrastructure<World> {

    public static final PathSettings SETTINGS =
            new PathSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(60), 0);

    private final PathSettings settings;
    private long evidence;
    public final Map<String, Network> networks = new LinkedHashMap<>();
    public final Map<AttachmentId, Attachment> attachments = new LinkedHashMap<>();
    public final Map<String, RemovedCircuits> statuses = new LinkedHashMap<>();
    public final Map<String, PathDecision> decisions = new LinkedHashMap<>();
    public final Map<Long, QuarantinedCircuit> inQuarantine = new LinkedHashMap<>();
    /** Quarantines that are over; their records stay a while. */
    private final Map<Long, QuarantinedCircuit> released = new LinkedHashMap<>();

    /** The shares of best effort in Kafka. */
    public final Map<SwitchPort, Share> shares = new LinkedHashMap<>();

    private Instant tidied = now;

    public World() {
        this(SETTINGS);
    }

    public World(PathSettings settings) {
        super(settings);
        this.settings = settings;
        overlay.tellShares(true);
        assertThat(overlay.loaded()).isEmpty();
    }

    /** Returns the five nodes of the guide with the cables a-b, a-c, b-d, c-d and d-e, each of 1 Gbit/s and 0.2 ms, up in both directions. */
    public static World ofTheGuide() {
        return ofTheGuide(SETTINGS);
    }

    public static World ofTheGuide(PathSettings settings) {
        World world = new World(settings);
        for (String cable : List.of("ab", "ac", "bd", "cd", "de")) {
            world.cable(cable);
        }
        return world;
    }

    public World declare(String name, VlinkRequest request) {
        return declare(name, request.spec());
    }

    public World declare(String name, NetworkSpec spec) {
        return record(name, spec, false);
    }

    /** Takes in a record that was made elsewhere. */
    public World take(Network network) {
        networks.put(network.id().name(), network);
        overlay.network(network.id(), network);
        return this;
    }

    public World take(Attachment attachment) {
        attachments.put(attachment.id(), attachment);
        overlay.attachment(attachment.id(), attachment);
        return this;
    }

    public World withdraw(String name) {
        return record(name, Objects.requireNonNull(networks.get(name)).spec(), true);
    }

    private World record(String name, NetworkSpec spec, boolean withdrawn) {
        Network before = networks.get(name);
        Instant createdAt = before == null || (before.withdrawn() && !withdrawn) ? now : before.createdAt();
        Network network = new Network(id(name), nextGeneration(name), withdrawn, createdAt, spec);
        networks.put(name, network);
        overlay.network(network.id(), network);
        return this;
    }

    /** Deletes the record of a network, as network-api does once the switches hold nothing of a removed network. */
    public World deleteRecord(String name) {
        networks.remove(name);
        overlay.network(id(name), null);
        return this;
    }

    /** Attaches a workload at a port; creates the port if it is missing. */
    public World attach(String network, String attachment, String node, String port) {
        if (!PortLocator.of(port).isNumber()) {
            port(node, port);
        }
        return attachTo(network, attachment, node, port);
    }

    /** Attaches a workload at a port that may be missing. */
    public World attachTo(String network, String attachment, String node, String port) {
        return attach(network, attachment, new AttachmentSpec(node, PortLocator.of(port), List.of()), false);
    }

    public World detach(String network, String attachment) {
        AttachmentSpec spec = Objects.requireNonNull(attachments.get(new AttachmentId(id(network), attachment)))
                .spec();
        return attach(network, attachment, spec, true);
    }

    private World attach(String network, String name, AttachmentSpec spec, boolean withdrawn) {
        AttachmentId id = new AttachmentId(id(network), name);
        Attachment before = attachments.get(id);
        Instant createdAt = before == null || before.withdrawn() ? now : before.createdAt();
        Attachment attachment = new Attachment(id, nextGeneration(id.toString()), withdrawn, createdAt, spec);
        attachments.put(id, attachment);
        overlay.attachment(id, attachment);
        return this;
    }

    /** Confirms, as flow-service does, that every switch removed all circuits being removed. */
    public World confirmRemoved(String network) {
        PathDecision decision = decision(network);
        return confirmRemoved(
                network,
                decision.revision(),
                decision.retiring().stream()
                        .map(removal -> removal.circuit().number())
                        .toList());
    }

    public World confirmRemoved(String network, Revision revision, List<Long> circuits) {
        RemovedCircuits status = status(network, revision, circuits);
        RemovedCircuits known = statuses.get(network);
        if (known == null || !status.isOlderThan(known)) {
            statuses.put(network, status);
        }
        overlay.removed(status);
        return this;
    }

    public RemovedCircuits status(String network, Revision revision, List<Long> circuits) {
        return new RemovedCircuits(id(network), revision, ++evidence, circuits);
    }

    public World pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    // ---- results

    /** Decides, and stores the decisions. */
    public Decisions act() {
        Decisions made = overlay.act(now);
        made.unshared().forEach(shares::remove);
        made.shares().forEach(share -> shares.put(share.port(), share));
        made.made().forEach(decision -> decisions.put(decision.id().name(), decision));
        made.removed().forEach(id -> decisions.remove(id.name()));
        if (!now.isBefore(tidied.plusSeconds(1))) {
            tidied = now;
            released.clear();
        }
        for (QuarantinedCircuit quarantined : made.endedQuarantines()) {
            inQuarantine.remove(quarantined.circuit().number());
            released.put(quarantined.circuit().number(), quarantined);
        }
        for (QuarantinedCircuit quarantined : made.begunQuarantines()) {
            inQuarantine.put(quarantined.circuit().number(), quarantined);
            released.remove(quarantined.circuit().number());
        }
        return made;
    }

    /** Decides, and returns the last decision about a network. */
    public PathDecision decide(String network) {
        act();
        return decision(network);
    }

    /** Returns the result of a dry run of this declaration. */
    public DryRunResult dryRun(String network, VlinkRequest request) {
        return overlay.dryRun(
                new DryRunRequest.AboutNetwork("r", id(network), request.spec(), now.plusSeconds(5)), now);
    }

    /** Returns the result of a dry run of this attachment, at a port that the switch has. */
    public DryRunResult dryRunAttaching(String network, String attachment, String node, String port) {
        port(node, port);
        AttachmentSpec spec = new AttachmentSpec(node, PortLocator.of(port), List.of());
        return overlay.dryRun(
                new DryRunRequest.AboutAttachment(
                        "r", new AttachmentId(id(network), attachment), spec, now.plusSeconds(5)),
                now);
    }

    public PathDecision decision(String network) {
        return Objects.requireNonNull(decisions.get(network), () -> "Nothing was decided about " + network);
    }

    /** Decides, and returns the circuit of a network that must have been admitted. */
    public Circuit admitted(String network) {
        PathDecision decision = decide(network);
        assertThat(decision.violations()).isEmpty();
        assertThat(decision.outcome()).isEqualTo(Outcome.ADMITTED);
        return Objects.requireNonNull(decision.current());
    }

    /** Returns messages without their times, which each must have. */
    public static <T extends Remark<T>> List<T> bare(List<T> told) {
        return told.stream()
                .map(one -> one.is(RefusalReason.MORE_VIOLATIONS)
                        ? one
                        : one.worded(bare(one.message(), one.since()), null))
                .toList();
    }

    public static AttachmentState bare(AttachmentState told) {
        return told.message() == null
                ? told
                : new AttachmentState(
                        told.attachment(),
                        told.node(),
                        told.holds(),
                        told.reason(),
                        bare(told.message(), told.since()),
                        told.cut());
    }

    private static String bare(String message, @Nullable Instant since) {
        assertThat(since).as(message).isNotNull();
        String end = "since %s).".formatted(Objects.requireNonNull(since).truncatedTo(ChronoUnit.SECONDS));
        assertThat(message).endsWith(end);
        return message.substring(0, message.lastIndexOf(" (")) + ".";
    }

    /** Returns the circuit that a network has now. */
    public Circuit current(String network) {
        return Objects.requireNonNull(decision(network).current());
    }

    /** Returns the state of an attachment after the last decision. */
    public AttachmentState state(String network, String attachment) {
        return decision(network).attachments().stream()
                .filter(state -> state.attachment().equals(attachment))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the share of best effort at the port of a node toward another; nodes are letters. */
    public Share share(String from, String to) {
        return Objects.requireNonNull(shares.get(sender(from, to)));
    }

    /** Returns the number of links that searches have looked at since the last restart. */
    public long looks() {
        return overlay.looks();
    }

    public boolean isIdle() {
        return overlay.isIdle();
    }

    /** Restarts from the records in Kafka, and returns the resulting decisions. */
    public Decisions restart() {
        ports = new PortTable();
        switchPorts.forEach((id, port) -> ports.put(port, Objects.requireNonNull(heardAt.get(id))));
        overlay = new OverlayDecider(ports, owners, settings);
        overlay.tellShares(true);
        decisions.forEach((name, decision) -> overlay.restore(id(name), decision));
        released.forEach(overlay::restore);
        inQuarantine.forEach(overlay::restore);
        attachments.forEach(overlay::attachment);
        networks.forEach((name, network) -> overlay.network(id(name), network));
        states.forEach((name, state) -> overlay.linkState(name, state, Objects.requireNonNull(reportedAt.get(name))));
        links.forEach(overlay::link);
        nodes.forEach(overlay::node);
        assertThat(overlay.loaded()).isEmpty();
        statuses.values().forEach(status -> {
            if (overlay.awaitsRemoval(status.id())) {
                overlay.removed(status);
            }
        });
        Decisions made = act();
        // Strays are found some time later.
        shares.keySet().removeIf(port -> !overlay.isShared(port));
        return made;
    }

    public static NetworkId id(String network) {
        return new NetworkId("o", "ns", network);
    }

    @Override
    World self() {
        return this;
    }
}
