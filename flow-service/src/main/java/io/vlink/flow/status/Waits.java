package io.vlink.flow.status;

import io.vlink.events.services.Absence;
import io.vlink.events.statuses.ConditionReason;
import io.vlink.events.switches.Switch;
import io.vlink.flow.ledger.Confirmation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Describes the switches that have not confirmed yet, and the reasons. */
final class Waits {

    private Waits() {}

    /** The wait for one switch; the message is empty if one clause covers several switches. */
    private record Wait(Gravity gravity, String reason, String message) {}

    private static final Wait TAKES_ITS_TIME = new Wait(Gravity.TAKES_ITS_TIME, ConditionReason.UNCONFIRMED.word(), "");

    /** The most serious one last. */
    private enum Gravity {
        TAKES_ITS_TIME,
        AWAY,
        REFUSED,
        FAILED
    }

    /** Returns one finding for all waits, with the most serious reason; there must be at least one wait. */
    static Finding finding(List<SwitchView> waiting, Instant decidedAt, long generation) {
        Wait gravest = null;
        List<String> clauses = new ArrayList<>();
        for (SwitchView each : waiting) {
            Wait wait = of(each, decidedAt);
            gravest = gravest == null || wait.gravity().compareTo(gravest.gravity()) > 0 ? wait : gravest;
            if (!wait.message().isEmpty()) {
                clauses.add(wait.message());
            }
        }
        clauses.addAll(unconfirmed(waiting, decidedAt));
        clauses.addAll(mute(waiting));
        return Finding.no(Objects.requireNonNull(gravest).reason(), String.join("; ", clauses) + ".", generation);
    }

    private static Wait of(SwitchView each, Instant decidedAt) {
        if (each.confirmation() instanceof Confirmation.Failed failed) {
            return new Wait(
                    Gravity.FAILED,
                    failed.reason(),
                    "%s has rejected its rules since %s: %s"
                            .formatted(each.name(), each.heardAt(), Words.bare(failed.message())));
        }
        if (each.absence() != null) {
            return new Wait(Gravity.AWAY, ConditionReason.GATEWAY_AWAY.word(), "");
        }
        if (each.isConnected()) {
            return TAKES_ITS_TIME;
        }
        return each.isRefused()
                ? new Wait(Gravity.REFUSED, ConditionReason.SWITCH_REFUSED.word(), away(each, decidedAt))
                : new Wait(Gravity.AWAY, ConditionReason.SWITCH_DISCONNECTED.word(), away(each, decidedAt));
    }

    /** Returns a clause for each moment since which switches have not confirmed without another reason. */
    private static List<String> unconfirmed(List<SwitchView> among, Instant decidedAt) {
        Map<Instant, List<String>> since = new LinkedHashMap<>();
        for (SwitchView each : among) {
            Switch state = each.state();
            if (state != null && each.isControlled() && !each.isFailed()) {
                since.computeIfAbsent(later(decidedAt, state.since()), key -> new ArrayList<>())
                        .add(each.name());
            }
        }
        List<String> clauses = new ArrayList<>(since.size());
        since.forEach((moment, names) -> clauses.add(String.join(", ", names)
                + (names.size() == 1 ? " has" : " have")
                + " not confirmed yet (waiting since " + moment + ")"));
        return clauses;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /**
     * Returns the reasons why these switches are not connected: a clause for each switch, but one for all of an absent
     * gateway.
     */
    static String away(List<SwitchView> lost, Instant decidedAt) {
        List<String> clauses = new ArrayList<>();
        for (SwitchView each : lost) {
            if (each.absence() == null) {
                clauses.add(away(each, decidedAt));
            }
        }
        clauses.addAll(mute(lost));
        return String.join("; ", clauses);
    }

    private static String away(SwitchView each, Instant decidedAt) {
        Switch state = each.state();
        if (state == null) {
            return "%s has never connected (waiting since %s)".formatted(each.name(), decidedAt);
        }
        String reason = state.reason();
        return "%s has been %s since %s%s"
                .formatted(
                        each.name(),
                        each.isRefused() ? "refused" : "disconnected",
                        state.since(),
                        reason == null ? "" : ": " + Words.bare(reason));
    }

    private static List<String> mute(List<SwitchView> among) {
        Map<Absence, List<String>> mute = new LinkedHashMap<>();
        for (SwitchView each : among) {
            if (each.absence() != null) {
                mute.computeIfAbsent(each.absence(), key -> new ArrayList<>()).add(each.name());
            }
        }
        List<String> clauses = new ArrayList<>();
        mute.forEach((absence, names) -> clauses.add("%s, so %s %s without control"
                .formatted(absence.words(), String.join(", ", names), names.size() == 1 ? "is" : "are")));
        return clauses;
    }
}
