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

/** What is waited for: switches that have not confirmed yet, and why. */
final class Waits {

    private Waits() {}

    /** One switch; the message is empty where it is said of several together. */
    private record Wait(Gravity gravity, String reason, String message) {}

    /** The gravest last. */
    private enum Gravity {
        TAKES_ITS_TIME,
        AWAY,
        REFUSED,
        FAILED
    }

    /** What is to be said of all of them, by the gravest reason; there must be one. */
    static Finding finding(List<SwitchView> waiting, Instant decidedAt, long generation) {
        List<Wait> waits = waiting.stream().map(each -> of(each, decidedAt)).toList();
        Wait gravest = waits.getFirst();
        List<String> clauses = new ArrayList<>(waits.size());
        for (Wait wait : waits) {
            gravest = wait.gravity().compareTo(gravest.gravity()) > 0 ? wait : gravest;
            if (!wait.message().isEmpty()) {
                clauses.add(wait.message());
            }
        }
        clauses.addAll(mute(waiting));
        return Finding.no(gravest.reason(), String.join("; ", clauses) + ".", generation);
    }

    private static Wait of(SwitchView each, Instant decidedAt) {
        if (each.confirmation() instanceof Confirmation.Failed failed) {
            return new Wait(
                    Gravity.FAILED,
                    failed.reason(),
                    "%s does not take its rules since %s: %s"
                            .formatted(each.name(), each.heardAt(), Words.bare(failed.message())));
        }
        if (each.absence() != null) {
            return new Wait(Gravity.AWAY, ConditionReason.GatewayAway.name(), "");
        }
        Switch state = each.state();
        if (state != null && each.isConnected()) {
            return new Wait(
                    Gravity.TAKES_ITS_TIME,
                    ConditionReason.Unconfirmed.name(),
                    "%s has not confirmed yet, and is waited for since %s"
                            .formatted(each.name(), later(decidedAt, state.since())));
        }
        return each.isRefused()
                ? new Wait(Gravity.REFUSED, ConditionReason.SwitchRefused.name(), away(each, decidedAt))
                : new Wait(Gravity.AWAY, ConditionReason.SwitchDisconnected.name(), away(each, decidedAt));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** That these are not connected, and why: one clause for each switch, but one for all that a gateway left. */
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
            return "%s has never connected, and is waited for since %s".formatted(each.name(), decidedAt);
        }
        String reason = state.reason();
        return "%s is %s since %s%s"
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
