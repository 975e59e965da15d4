package io.vlink.flow.status;

import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.Outcome;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.ConditionReason;
import java.util.List;

/** The condition Ready: whether traffic passes as declared. */
final class Ready implements Judgement {

    @Override
    public Condition.Type type() {
        return Condition.Type.READY;
    }

    @Override
    public Finding of(Delivered now, Findings before) {
        Circuit current = now.current();
        if (current != null && now.isServed()) {
            return serving(now, current.generation());
        }
        Condition was = now.previousReady();
        if (was != null && now.isHeld()) {
            return held(now, was.observedGeneration());
        }
        if (now.isInstallable() && now.isCut()) {
            return Cuts.of(now.decision()).finding(now.generation());
        }
        Finding attached = before.get(Condition.Type.ATTACHED);
        Finding blocking = now.isRemovalRequested() || current == null
                ? before.get(Condition.Type.ACCEPTED)
                : attached.holds() ? before.get(Condition.Type.PROGRAMMED) : attached;
        return Finding.no(blocking.reason(), blocking.message(), now.generation());
    }

    private static Finding held(Delivered now, long generation) {
        Finding doubt = Doubts.of(now.crossed(), generation);
        return doubt != null
                ? doubt
                : Finding.yes(
                        ConditionReason.REPLACING,
                        "Generation %d carries the traffic while the switches are being changed.".formatted(generation),
                        generation);
    }

    private static Finding serving(Delivered now, long generation) {
        if (now.isCut()) {
            return Cuts.of(now.decision()).finding(generation);
        }
        Finding doubt = Doubts.of(now.crossed(), generation);
        if (doubt != null) {
            return doubt;
        }
        if (now.decision().outcome() == Outcome.REFUSED) {
            return Finding.yes(
                    ConditionReason.SERVING_EARLIER_GENERATION,
                    "Generation %d was refused; generation %d still carries the traffic."
                            .formatted(now.generation(), generation),
                    generation);
        }
        List<Impairment> impairments = told(now.decision().impairments());
        if (!impairments.isEmpty()) {
            return Finding.yes(impairments.getFirst().reason(), Words.ofImpairments(impairments), generation);
        }
        return Finding.yes(
                ConditionReason.SERVING,
                now.uncontrolled().isEmpty()
                        ? "Traffic passes in both directions."
                        : "Traffic passes in both directions, as last known; see ControlLost.",
                generation);
    }

    private static List<Impairment> told(List<Impairment> all) {
        return all.isEmpty() ? all : all.stream().filter(Ready::isTold).toList();
    }

    /** Returns whether an impairment concerns present traffic. A loss of protection does not. */
    private static boolean isTold(Impairment impairment) {
        return switch (impairment.effect()) {
            case CUT, SLOW, NOTE -> true;
            case PROTECTION_LOST -> false;
            case null -> true;
        };
    }
}
