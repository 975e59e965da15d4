package io.vlink.flow.status;

import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Side;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.ConditionReason;
import java.util.List;
import java.util.stream.Collectors;

/** The condition Programmed: whether every switch confirmed the rules. */
final class Programmed implements Judgement {

    @Override
    public Condition.Type type() {
        return Condition.Type.PROGRAMMED;
    }

    @Override
    public Finding of(Delivered now, Findings before) {
        if (now.isRemovalRequested()) {
            return now.left().isEmpty()
                    ? Finding.no(
                            ConditionReason.REMOVED, "Every switch confirmed that nothing is left.", now.generation())
                    : removing(now);
        }
        if (now.current() == null) {
            return Finding.no(
                    ConditionReason.NOT_RESERVED, "No path is reserved, so no switch holds rules.", now.generation());
        }
        if (!now.isInstallable()) {
            return now.left().isEmpty() ? withheld(now.current(), now.generation()) : removing(now);
        }
        if (!now.isApplied()) {
            return Waits.finding(
                    now.crossed().stream().filter(each -> !each.applied()).toList(), now.decidedAt(), now.generation());
        }
        return now.stage().isLast()
                ? Finding.yes(ConditionReason.CONFIRMED, confirmed(now.crossed()), now.generation())
                : Finding.no(ConditionReason.REPLACING, replacing(now), now.generation());
    }

    /** Returns a finding with the most serious reason, or with REMOVING while switches only need more time. */
    private static Finding removing(Delivered now) {
        Finding waiting = Waits.finding(now.left(), now.decidedAt(), now.generation());
        return waiting.is(ConditionReason.UNCONFIRMED) ? waiting.named(ConditionReason.REMOVING) : waiting;
    }

    private static Finding withheld(Circuit current, long generation) {
        List<String> unknown = current.sides().stream()
                .filter(side -> side.port() == null)
                .map(Programmed::unknownPort)
                .distinct()
                .toList();
        return unknown.isEmpty()
                ? Finding.no(
                        ConditionReason.WAITING_FOR_ATTACHMENT,
                        "Rules are installed once both endpoints are attached.",
                        generation)
                : Finding.no(ConditionReason.PORT_UNKNOWN, String.join(" ", unknown), generation);
    }

    private static String unknownPort(Side side) {
        return "%s does not have the port that link %s names in its \"%s\"."
                .formatted(side.hop().node(), side.lane().link(), side.sending() ? "from" : "to");
    }

    private static String replacing(Delivered now) {
        return now.stage().isSwitchedOver()
                ? "Traffic takes the new path; the old rules are removed after a settling time."
                : "The new path is prepared; traffic takes the old one until the settling time is over.";
    }

    private static String confirmed(List<SwitchView> crossed) {
        String names = crossed.stream().map(SwitchView::name).collect(Collectors.joining(", "));
        return crossed.size() == 1
                ? names + " confirmed its rules."
                : "All " + crossed.size() + " switches confirmed their rules: " + names + ".";
    }
}
