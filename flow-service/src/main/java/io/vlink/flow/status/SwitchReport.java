package io.vlink.flow.status;

import io.vlink.events.DatapathId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.Shadow;
import io.vlink.events.services.Absence;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Switch;
import io.vlink.flow.ledger.Confirmation;
import io.vlink.flow.ledger.NetworkLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The switches of one network, in words. */
final class SwitchReport {

    private final NetworkLedger ledger;
    private final Switches switches;
    private final PathDecision decision;
    private final @Nullable NetworkStatus previous;

    SwitchReport(NetworkLedger ledger, PathDecision decision, Switches switches, @Nullable NetworkStatus previous) {
        this.ledger = ledger;
        this.switches = switches;
        this.decision = decision;
        this.previous = previous;
    }

    /** One switch that has not confirmed yet, and why, the gravest first. */
    private record Wait(int gravity, String reason, String message) {}

    /** What is to be waited for. There must be a switch in {@code waiting}. */
    Finding waitingFor(Collection<DatapathId> waiting, long generation) {
        List<Wait> waits = waiting.stream().map(this::waitFor).toList();
        int gravest = waits.stream().mapToInt(Wait::gravity).max().orElse(0);
        String reason = waits.stream()
                .filter(wait -> wait.gravity() == gravest)
                .map(Wait::reason)
                .findFirst()
                .orElse("Unconfirmed");
        List<String> clauses = new ArrayList<>(waits.stream()
                .map(Wait::message)
                .filter(said -> !said.isEmpty())
                .toList());
        clauses.addAll(mute(waiting));
        String message = String.join("; ", clauses);
        return Finding.no(reason, message + ".", generation);
    }

    private Wait waitFor(DatapathId datapathId) {
        if (ledger.holdings().confirmation(datapathId) instanceof Confirmation.Failed failed) {
            return new Wait(
                    3,
                    failed.reason(),
                    "%s does not take its rules since %s: %s"
                            .formatted(
                                    name(datapathId), ledger.holdings().heardAt(datapathId), bare(failed.message())));
        }
        Absence absence = switches.absence(datapathId);
        if (absence != null) {
            return new Wait(1, "GatewayAway", ""); // said of all such switches together
        }
        Switch state = switches.get(datapathId);
        if (state != null && state.state() == Switch.State.CONNECTED) {
            return new Wait(
                    0,
                    "Unconfirmed",
                    "%s has not confirmed yet, and is waited for since %s"
                            .formatted(name(datapathId), later(ledger.decidedAt(), state.since())));
        }
        boolean refused = state != null && state.state() == Switch.State.REFUSED;
        return new Wait(refused ? 2 : 1, refused ? "SwitchRefused" : "SwitchDisconnected", away(datapathId));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** That these are not connected, and why: one clause for each switch, but one for all that a gateway left. */
    String away(Collection<DatapathId> lost) {
        List<String> clauses = new ArrayList<>();
        lost.stream().filter(d -> switches.absence(d) == null).map(this::away).forEach(clauses::add);
        clauses.addAll(mute(lost));
        return String.join("; ", clauses);
    }

    private List<String> mute(Collection<DatapathId> among) {
        Map<Absence, List<String>> mute = new LinkedHashMap<>();
        for (DatapathId datapathId : among) {
            Absence absence = switches.absence(datapathId);
            if (absence != null) {
                mute.computeIfAbsent(absence, key -> new ArrayList<>()).add(name(datapathId));
            }
        }
        List<String> clauses = new ArrayList<>();
        mute.forEach((absence, names) -> clauses.add("%s, so %s %s without control"
                .formatted(absence.words(), String.join(", ", names), names.size() == 1 ? "is" : "are")));
        return clauses;
    }

    /** That a switch is not connected, and why. */
    String away(DatapathId datapathId) {
        Switch state = switches.get(datapathId);
        if (state == null) {
            return "%s has never connected, and is waited for since %s".formatted(name(datapathId), ledger.decidedAt());
        }
        String word = state.state() == Switch.State.REFUSED ? "refused" : "disconnected";
        String reason = state.reason();
        return "%s is %s since %s%s"
                .formatted(name(datapathId), word, state.since(), reason == null ? "" : ": " + bare(reason));
    }

    boolean isRefused(DatapathId datapathId) {
        Switch state = switches.get(datapathId);
        return state != null && state.state() == Switch.State.REFUSED;
    }

    boolean isConnected(DatapathId datapathId) {
        return switches.isControlled(datapathId);
    }

    /** Why nobody speaks for a switch; absent where somebody does. */
    @Nullable Absence absence(DatapathId datapathId) {
        return switches.absence(datapathId);
    }

    /** Whether a switch confirmed what it is to hold, or is away and was known to hold it. */
    boolean isApplied(DatapathId datapathId) {
        return switch (ledger.holdings().confirmation(datapathId)) {
            case Confirmation.Applied applied -> true;
            case Confirmation.Failed failed -> false;
            case Confirmation.Pending pending -> !isConnected(datapathId) && wasApplied(datapathId);
        };
    }

    private boolean wasApplied(DatapathId datapathId) {
        return previous != null
                && ledger.holdings().isUnchangedSince(datapathId, previous.revision())
                && previous.condition(Condition.Type.Programmed)
                        .filter(programmed -> programmed.status() == Condition.Truth.TRUE)
                        .isPresent();
    }

    /** That nothing is known of a switch of the path any more; absent: of none. */
    @Nullable Finding silent(Collection<DatapathId> crossed, long generation) {
        List<String> silent = new ArrayList<>();
        for (DatapathId datapathId : crossed) {
            Instant since = switches.silentSince(datapathId);
            if (since != null) {
                silent.add("%s since %s".formatted(name(datapathId), since));
            }
        }
        return silent.isEmpty()
                ? null
                : new Finding(
                        Condition.Truth.UNKNOWN,
                        "NoSignOfLife",
                        "Whether traffic passes is not known: neither a gateway nor a neighbour has heard %s."
                                .formatted(String.join(", ", silent)),
                        generation);
    }

    /** Rules of others that take the network's frames, or may, on the switches of a path; absent: none were seen. */
    @Nullable Finding shadowed(Collection<DatapathId> crossed, long generation) {
        Finding possible = null;
        for (DatapathId datapathId : crossed) {
            Shadow shadow = ledger.holdings().shadow(datapathId);
            if (shadow != null && shadow.certain()) {
                return Finding.no("Shadowed", inWords(datapathId, shadow), generation);
            }
            if (shadow != null && possible == null) {
                possible = new Finding(
                        Condition.Truth.UNKNOWN, "PossiblyShadowed", inWords(datapathId, shadow), generation);
            }
        }
        return possible;
    }

    private String inWords(DatapathId datapathId, Shadow shadow) {
        return "On %s a rule that is not Vlink's, of priority %d in table 0, %s frames that enter by port %s%s: see \"%s\" there, and remove it or give it a lower priority."
                .formatted(
                        name(datapathId),
                        shadow.priority(),
                        shadow.certain() ? "takes" : "cannot be read in full and may take",
                        shadow.port(),
                        shadow.since() == null ? "" : " since " + shadow.since(),
                        "ovs-ofctl dump-flows BRIDGE table=0");
    }

    boolean isFailed(DatapathId datapathId) {
        return ledger.holdings().confirmation(datapathId) instanceof Confirmation.Failed;
    }

    /** Such as {@code node-c (000000000000000c)}. */
    String name(DatapathId datapathId) {
        Circuit current = decision.current();
        String node = current == null ? null : current.nodeOf(datapathId);
        for (int i = 0; node == null && i < decision.retiring().size(); i++) {
            node = decision.retiring().get(i).circuit().nodeOf(datapathId);
        }
        return node == null ? datapathId.toString() : node + " (" + datapathId + ")";
    }

    private static String bare(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
