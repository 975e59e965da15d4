package io.vlink.flow.status;

import io.vlink.events.DatapathId;
import io.vlink.events.Violation;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.End;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.flow.ledger.NetworkLedger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is to be said of one network now: one finding for each condition. */
final class Findings {

    /** Impairments with which no traffic passes. */
    private static final Set<String> CUT = Set.of("LinkDown", "WireDown");

    private final NetworkLedger ledger;
    private final PathDecision decision;
    private final @Nullable NetworkStatus previous;
    private final SwitchReport report;
    private final long generation;
    private final boolean installable;
    /** The switches of the circuit that is to be installed; none where it is withheld. */
    private final Collection<DatapathId> crossed;

    private final boolean served;
    private final boolean held;

    Findings(NetworkLedger ledger, PathDecision decision, Switches switches, @Nullable NetworkStatus previous) {
        this.ledger = ledger;
        this.decision = decision;
        this.previous = previous;
        this.report = new SwitchReport(ledger, decision, switches, previous);
        this.generation = decision.revision().generation();
        Circuit current = decision.current();
        this.installable = current != null && current.installable();
        this.crossed = current != null && installable ? current.datapathIds() : Set.of();
        this.served = installable && ledger.stage().isTurned() && isApplied(crossed);
        this.held = installable
                && !served
                && ledger.isIntact()
                && previousReady() != null
                && !(ledger.stage().isLast() && crossed.stream().anyMatch(report::isFailed));
    }

    private boolean isApplied(Collection<DatapathId> asked) {
        for (DatapathId datapathId : asked) {
            if (!report.isApplied(datapathId)) {
                return false;
            }
        }
        return true;
    }

    /** Whether frames that enter now take the current circuit, confirmed by each of its switches. */
    boolean isServed() {
        return served;
    }

    /** Whether what served before still does, while a change is on its way that harms no frame. */
    boolean isHeld() {
        return held;
    }

    boolean isCut() {
        for (Violation impairment : decision.impairments()) {
            if (CUT.contains(impairment.reason())) {
                return true;
            }
        }
        return cutEnds().findAny().isPresent();
    }

    /** Whether something in the switches of the path takes the network's frames, or may. */
    boolean isDoubtful() {
        return (served || held) && doubt(generation) != null;
    }

    /** What is sure comes before what may be. */
    private @Nullable Finding doubt(long ofGeneration) {
        Finding shadowed = report.shadowed(crossed, ofGeneration);
        Finding silent = report.silent(crossed, ofGeneration);
        return shadowed == null || (silent != null && shadowed.truth() == Condition.Truth.UNKNOWN) ? silent : shadowed;
    }

    /** Ends whose ports pass no traffic, whatever the rules say. */
    private Stream<AttachmentState> cutEnds() {
        return decision.attachments().stream().filter(AttachmentState::cutsTraffic);
    }

    private @Nullable Condition previousReady() {
        return previous == null
                ? null
                : previous.condition(Condition.Type.Ready)
                        .filter(ready -> ready.status() == Condition.Truth.TRUE)
                        .orElse(null);
    }

    Finding accepted() {
        return switch (decision.outcome()) {
            case ADMITTED -> Finding.yes("Admitted", reserved(), generation);
            case REFUSED ->
                Finding.no(
                        decision.violations().isEmpty()
                                ? "Refused"
                                : decision.violations().getFirst().reason(),
                        messages(decision.violations()),
                        generation);
            case WITHDRAWN -> Finding.no("Withdrawn", "The network was deleted.", generation);
        };
    }

    private String reserved() {
        Circuit current = decision.current();
        return current == null
                ? "The path is reserved."
                : "Reserved: forward over " + inWords(current.forward()) + "; reverse over "
                        + inWords(current.reverse()) + ".";
    }

    private static String inWords(Route route) {
        return String.join(", ", route.nodes()) + " (" + Quantities.rate(route.bandwidthBits()) + ", "
                + Quantities.latency(route.latencyNanos()) + ")";
    }

    Finding attached() {
        Circuit current = decision.current();
        if (current == null) {
            return new Finding(
                    Condition.Truth.UNKNOWN,
                    decision.outcome() == Outcome.WITHDRAWN ? "Withdrawn" : "NotReserved",
                    "No path is reserved, so it has no ends.",
                    generation);
        }
        if (current.from().port() != null && current.to().port() != null) {
            if (cutEnds().findAny().isPresent()) {
                return cut(List.of(), generation);
            }
            var said = new StringBuilder(inWords(current.from()) + " and " + inWords(current.to()) + ".");
            for (AttachmentState state : decision.attachments()) {
                if (state.holds() && state.message() != null) {
                    said.append(' ').append(state.message());
                }
            }
            return Finding.yes("Attached", said.toString(), generation);
        }
        List<End> open = Stream.of(current.from(), current.to())
                .filter(end -> end.port() == null)
                .toList();
        String reason =
                open.stream().anyMatch(end -> end.attachment() == null) ? "WaitingForAttachment" : "PortUnknown";
        return Finding.no(
                reason, open.stream().map(this::whyOpen).distinct().collect(Collectors.joining(" ")), generation);
    }

    private static String inWords(End end) {
        return end.attachment() + " at port " + end.port() + " of " + end.node();
    }

    private String whyOpen(End end) {
        String holder = end.attachment();
        List<String> said = decision.attachments().stream()
                .filter(state -> holder == null
                        ? state.node().equals(end.node())
                        : state.attachment().equals(holder))
                .map(AttachmentState::message)
                .flatMap(Stream::ofNullable)
                .toList();
        if (holder == null) {
            return "%s waits for an attachment.%s"
                    .formatted(end.node(), said.isEmpty() ? "" : " " + String.join(" ", said));
        }
        return said.isEmpty()
                ? "The port of attachment %s is not known to %s.".formatted(holder, end.node())
                : String.join(" ", said);
    }

    Finding programmed() {
        Circuit current = decision.current();
        if (decision.outcome() == Outcome.WITHDRAWN) {
            Set<DatapathId> left = ledger.holdings().notEmpty();
            return left.isEmpty()
                    ? Finding.no("Removed", "Every switch confirmed that nothing is left.", generation)
                    : named("Removing", report.waitingFor(left, generation));
        }
        if (current == null) {
            return Finding.no("NotReserved", "No path is reserved, so no switch holds rules.", generation);
        }
        if (!installable) {
            return withheld(current);
        }
        if (!isApplied(crossed)) {
            return report.waitingFor(
                    crossed.stream().filter(d -> !report.isApplied(d)).toList(), generation);
        }
        if (!ledger.stage().isLast()) {
            return Finding.no("Replacing", replacing(), generation);
        }
        return Finding.yes("Confirmed", confirmed(), generation);
    }

    /** Removal is told with the gravest reason that holds it up, but by its own name while switches only take their time. */
    private static Finding named(String reason, Finding waiting) {
        return waiting.reason().equals("Unconfirmed")
                ? new Finding(waiting.truth(), reason, waiting.message(), waiting.generation())
                : waiting;
    }

    private Finding withheld(Circuit current) {
        if (!ledger.holdings().notEmpty().isEmpty()) {
            return named("Removing", report.waitingFor(ledger.holdings().notEmpty(), generation));
        }
        List<String> unknown = Stream.of(current.forward(), current.reverse())
                .flatMap(route -> route.hops().stream())
                .flatMap(Findings::unknownPorts)
                .distinct()
                .toList();
        return unknown.isEmpty()
                ? Finding.no("WaitingForAttachment", "Rules are installed once both ends are attached.", generation)
                : Finding.no("PortUnknown", String.join(" ", unknown), generation);
    }

    private static Stream<String> unknownPorts(Hop hop) {
        List<String> unknown = new ArrayList<>(2);
        if (hop.inLink() != null && hop.inPort() == null) {
            unknown.add("%s has no port of the name that %s ends at.".formatted(hop.node(), hop.inLink()));
        }
        if (hop.outLink() != null && hop.outPort() == null) {
            unknown.add("%s has no port of the name that %s begins at.".formatted(hop.node(), hop.outLink()));
        }
        return unknown.stream();
    }

    private String replacing() {
        return ledger.stage().isTurned()
                ? "Traffic was turned to the new path and settles; the old rules go next."
                : "The new path is prepared and settles; traffic takes the old one.";
    }

    private String confirmed() {
        String names = crossed.stream().map(report::name).collect(Collectors.joining(", "));
        return crossed.size() == 1
                ? names + " confirmed its rules."
                : "All " + crossed.size() + " switches confirmed their rules: " + names + ".";
    }

    Finding ready(Finding accepted, Finding attached, Finding programmed) {
        Circuit current = decision.current();
        Condition before = previousReady();
        if (current != null && served) {
            return serving(current.generation());
        }
        Finding doubt = before == null || !held ? null : doubt(before.observedGeneration());
        if (doubt != null) {
            return doubt;
        }
        if (before != null && held) {
            return Finding.yes(
                    "Replacing",
                    "Generation %d serves while the change is brought to the switches."
                            .formatted(before.observedGeneration()),
                    before.observedGeneration());
        }
        if (installable && isCut()) {
            return cut(generation);
        }
        if (decision.outcome() == Outcome.WITHDRAWN || current == null) {
            return Finding.no(accepted.reason(), accepted.message(), generation);
        }
        Finding blocking = attached.holds() ? programmed : attached;
        return Finding.no(blocking.reason(), blocking.message(), generation);
    }

    private Finding serving(long servedGeneration) {
        if (isCut()) {
            return cut(servedGeneration);
        }
        Finding doubt = doubt(servedGeneration);
        if (doubt != null) {
            return doubt;
        }
        if (decision.outcome() == Outcome.REFUSED) {
            return Finding.yes(
                    "ServingEarlierGeneration",
                    "Generation %d was refused; generation %d still serves.".formatted(generation, servedGeneration),
                    servedGeneration);
        }
        if (!decision.impairments().isEmpty()) {
            return Finding.yes(
                    decision.impairments().getFirst().reason(), messages(decision.impairments()), servedGeneration);
        }
        return Finding.yes(
                "Serving",
                controlLost() == null
                        ? "Traffic passes in both directions."
                        : "Traffic passes in both directions, as last known; see ControlLost.",
                servedGeneration);
    }

    private Finding cut(long ofGeneration) {
        return cut(
                decision.impairments().stream()
                        .filter(impairment -> CUT.contains(impairment.reason()))
                        .toList(),
                ofGeneration);
    }

    /** Links come first: while one is down, it is of no use to see to the ends. */
    private Finding cut(List<Violation> links, long ofGeneration) {
        List<Violation> cuts = new ArrayList<>(links);
        cutEnds().forEach(end -> cuts.add(new Violation("$", reasonOf(end), String.valueOf(end.message()))));
        return Finding.no(cuts.getFirst().reason(), messages(cuts), ofGeneration);
    }

    private static String reasonOf(AttachmentState cut) {
        return Objects.requireNonNullElse(cut.reason(), "PortDown");
    }

    /** Absent where every switch that holds rules is connected. */
    @Nullable Finding controlLost() {
        if (crossed.stream().allMatch(report::isConnected)) {
            return null;
        }
        List<DatapathId> lost = crossed.stream()
                .filter(d -> !report.isConnected(d) && (served || held || report.isApplied(d)))
                .toList();
        if (lost.isEmpty()) {
            return null;
        }
        boolean mute = lost.stream().anyMatch(d -> report.absence(d) != null);
        return Finding.yes(
                mute
                        ? "GatewayAway"
                        : lost.stream().anyMatch(report::isRefused) ? "SwitchRefused" : "SwitchDisconnected",
                report.away(lost) + "; what it does stays as last known.",
                generation);
    }

    private static String messages(List<Violation> violations) {
        return violations.stream().map(Violation::message).distinct().collect(Collectors.joining(" "));
    }
}
