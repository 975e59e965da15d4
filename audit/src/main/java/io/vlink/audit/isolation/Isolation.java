package io.vlink.audit.isolation;

import static io.vlink.audit.differences.Difference.DifferenceType.LEAK;
import static io.vlink.audit.differences.Difference.DifferenceType.WRONG_PATH;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.audit.tables.Reserved;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks that each network reaches only its own endpoints, on the decided path, and that nothing else reaches them. Unknown
 * frames enter at every port of every switch: the ports of workloads, those of cables, and all others.
 */
public final class Isolation {

    private record LabelledPort(Spot port, Label label, NetworkId network) {}

    private final Cables cables;
    private final LabelOwners owners;
    private final Predicate<NetworkId> programmed;
    private final DisplayNames names;
    private final Findings findings;
    private final Walk walk;
    private final Set<LabelledPort> seen = new HashSet<>();

    private Isolation(
            Map<DatapathId, SwitchTables> tables,
            List<Way> ways,
            Cables cables,
            Predicate<NetworkId> programmed,
            DisplayNames names) {
        this.cables = cables;
        this.owners = new LabelOwners(ways);
        this.programmed = programmed;
        this.names = names;
        this.findings = new Findings(names);
        this.walk = new Walk(tables, cables);
    }

    /**
     * Sends unknown frames in at every port and follows them.
     *
     * @param tables the tables of all switches that can be read
     * @param ways every path that frames may take, including those of circuits that are being removed
     * @param cables all known cables, including those that {@code ways} cross
     * @param programmed whether a network has to carry traffic
     */
    public static Collection<Difference> check(
            Map<DatapathId, SwitchTables> tables,
            List<Way> ways,
            Cables cables,
            Predicate<NetworkId> programmed,
            DisplayNames names) {
        Isolation isolation = new Isolation(tables, ways, cables, programmed, names);
        isolation.owners.endpoints().forEach(isolation::fromEndpoint);
        isolation.cables.receivers().forEach(isolation::fromCable);
        tables.values().forEach(isolation::fromOtherPorts);
        return isolation.findings.found();
    }

    private void fromEndpoint(Spot port, NetworkId network) {
        List<LabelOwners.LabelOwner> mayTake = owners.from(port, network);
        for (Walk.Trace trace : walk.from(port, Frame.ANY)) {
            remember(trace, network);
            switch (trace.termination()) {
                case Walk.Termination.Left left -> judge(trace, left, mayTake, network, false);
                case Walk.Termination.DroppedAt dropped -> {
                    if (programmed.test(network)) {
                        findings.say(
                                WRONG_PATH,
                                dropped.at(),
                                network,
                                "Frames that enter at %s are dropped at %s%s."
                                        .formatted(
                                                port.text(names), dropped.at().text(names), Findings.by(dropped.by())));
                    }
                }
                case Walk.Termination.Unread unread -> findings.unread(unread);
                case Walk.Termination.Given given -> findings.given(trace, given, network, port);
                case Walk.Termination.Circle circle -> findings.circle(trace, circle, network);
                case Walk.Termination.TooMany tooMany -> findings.tooMany(tooMany);
                case Walk.Termination.ObscureAt obscure -> findings.obscure(obscure, network);
            }
        }
    }

    /** Remembers labels on cables whose further path has been checked with their network. */
    private void remember(Walk.Trace trace, NetworkId network) {
        for (int i = 0; i + 1 < trace.steps().size(); i++) {
            Label label = trace.steps().get(i).label();
            if (label != null) {
                seen.add(new LabelledPort(trace.steps().get(i + 1).in(), label, network));
            }
        }
    }

    private void fromCable(Spot port, boolean tunnel) {
        for (Walk.Trace trace : walk.from(port, tunnel ? Frame.ANY_IN_TUNNEL : Frame.ANY)) {
            Frame entered = trace.entered();
            Label label = entered == null ? null : label(entered);
            List<LabelOwners.LabelOwner> held = owners.of(port, label);
            NetworkId network = held.isEmpty() ? null : held.getFirst().way().network();
            if (label != null && network != null && seen.contains(new LabelledPort(port, label, network))) {
                continue;
            }
            switch (trace.termination()) {
                case Walk.Termination.Left left -> {
                    if (network == null || entered == null) {
                        nobodys(trace, left, port, label, entered);
                    } else {
                        judge(trace, left, held, network, label != null && label.kind() == Label.LabelKind.VLAN);
                    }
                }
                case Walk.Termination.DroppedAt dropped -> {}
                case Walk.Termination.Unread unread -> {
                    if (network != null) {
                        findings.unread(unread);
                    }
                }
                case Walk.Termination.Given given -> findings.given(trace, given, network, port);
                case Walk.Termination.Circle circle -> findings.circle(trace, circle, network);
                case Walk.Termination.TooMany tooMany -> findings.tooMany(tooMany);
                case Walk.Termination.ObscureAt obscure -> findings.obscure(obscure, network);
            }
        }
    }

    /** Returns the tunnel id, else the VLAN id. */
    private static @Nullable Label label(Frame entered) {
        Label vni = entered.label(true);
        return vni == null ? entered.label(false) : vni;
    }

    private void fromOtherPorts(SwitchTables contents) {
        for (long number : contents.ports().keySet()) {
            Spot port = new Spot(contents.id(), number);
            if (owners.endpoints().containsKey(port) || cables.receivers().containsKey(port)) {
                continue;
            }
            for (Walk.Trace trace : walk.from(port, Frame.ANY)) {
                switch (trace.termination()) {
                    case Walk.Termination.Left left -> {
                        NetworkId reached = owners.endpoints().get(left.port());
                        if (reached != null) {
                            findings.say(
                                    LEAK,
                                    left.port(),
                                    reached,
                                    "Frames that enter at %s, which belongs to no network, reach %s (%s)%s."
                                            .formatted(
                                                    port.text(names),
                                                    left.port().text(names),
                                                    trace.text(),
                                                    Findings.by(trace.lastRule())));
                        }
                    }
                    case Walk.Termination.Given given -> {
                        if (given.port() != Reserved.CONTROLLER && given.port() != Reserved.LOCAL) {
                            findings.given(trace, given, null, port);
                        }
                    }
                    case Walk.Termination.Circle circle -> findings.circle(trace, circle, null);
                    case Walk.Termination.TooMany tooMany -> findings.tooMany(tooMany);
                    case Walk.Termination.ObscureAt obscure -> findings.obscure(obscure, null);
                    case Walk.Termination.DroppedAt dropped -> {}
                    case Walk.Termination.Unread unread -> {}
                }
            }
        }
    }

    /** Checks that frames of a network left at the right port, over the right switches, and unchanged. */
    private void judge(
            Walk.Trace trace,
            Walk.Termination.Left left,
            List<LabelOwners.LabelOwner> mayTake,
            NetworkId network,
            boolean labelled) {
        NetworkId owner = owners.endpoints().get(left.port());
        if (!network.equals(owner)) {
            String whose =
                    owner == null ? "which is none of its endpoints" : "which is an endpoint of %s".formatted(owner);
            findings.say(
                    LEAK,
                    left.port(),
                    network,
                    "Its frames reach %s, %s (%s)%s."
                            .formatted(left.port().text(names), whose, trace.text(), Findings.by(trace.lastRule())));
            return;
        }
        if (mayTake.stream().noneMatch(held -> isAsDecided(trace, held))) {
            findings.say(
                    WRONG_PATH,
                    left.port(),
                    network,
                    "Its frames take %s; decided: %s.".formatted(trace.text(), decided(mayTake)));
            return;
        }
        Frame entered = trace.steps().getFirst().entered();
        Frame sent = labelled ? entered.popped() : entered;
        List<String> changed =
                trace.steps().stream().flatMap(step -> step.changed().stream()).toList();
        if (!changed.isEmpty() || !left.frame().tags().equals(sent.tags())) {
            findings.say(
                    WRONG_PATH,
                    left.port(),
                    network,
                    "Its frames leave changed at %s%s%s."
                            .formatted(
                                    left.port().text(names),
                                    changed.isEmpty() ? ": their tags differ" : ": " + String.join(", ", changed),
                                    Findings.by(trace.lastRule())));
        }
    }

    private static boolean isAsDecided(Walk.Trace trace, LabelOwners.LabelOwner held) {
        List<Way.Stage> stages =
                held.way().stages().subList(held.stage(), held.way().stages().size());
        if (stages.size() != trace.steps().size()) {
            return false;
        }
        for (int i = 0; i < stages.size(); i++) {
            Way.Stage stage = stages.get(i);
            Walk.WalkStep step = trace.steps().get(i);
            boolean same = step.in().equals(Spot.of(stage.in()))
                    && step.outPort() == stage.outPort().value()
                    && Objects.equals(step.label(), stage.outLabel());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static String decided(List<LabelOwners.LabelOwner> mayTake) {
        return mayTake.isEmpty()
                ? "no path from there"
                : String.join(
                        " or ",
                        mayTake.stream()
                                .map(held -> held.way().text())
                                .distinct()
                                .toList());
    }

    private void nobodys(
            Walk.Trace trace, Walk.Termination.Left left, Spot port, @Nullable Label label, @Nullable Frame entered) {
        NetworkId owner = owners.endpoints().get(left.port());
        if (owner == null && owners.crossing(port).isEmpty()) {
            return;
        }
        String frames = label == null
                ? "Frames (%s)".formatted(entered == null ? "any" : entered.outermost())
                : "Frames with label %s, which no network holds there,".formatted(label);
        findings.say(
                LEAK,
                left.port(),
                owner,
                "%s that enter at %s reach %s%s (%s)%s."
                        .formatted(
                                frames,
                                port.text(names),
                                left.port().text(names),
                                owner == null ? "" : ", an endpoint of " + owner,
                                trace.text(),
                                Findings.by(trace.lastRule())));
    }
}
