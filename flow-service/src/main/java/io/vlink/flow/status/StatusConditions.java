package io.vlink.flow.status;

import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All conditions of networks. A condition that has not changed since the previous status keeps its time. */
final class StatusConditions {

    /** In order of output; each may build upon those before it. */
    static final List<Judgement> ALL =
            List.of(new Accepted(), new Attached(), new Programmed(), new Ready(), new ControlLost());

    private StatusConditions() {}

    /** Judges all conditions and adds the findings to {@code findings}. */
    static List<Condition> of(Delivered now, Findings findings) {
        List<Condition> conditions = new ArrayList<>(ALL.size());
        for (Judgement judgement : ALL) {
            Finding found = judgement.of(now, findings);
            if (found != null) {
                findings.add(judgement.type(), found);
                conditions.add(condition(judgement, found, now));
            }
        }
        return conditions;
    }

    private static Condition condition(Judgement judgement, Finding found, Delivered now) {
        return new Condition(
                judgement.type(),
                found.truth(),
                found.reason(),
                found.message(),
                found.generation(),
                since(judgement, found, now));
    }

    private static Instant since(Judgement judgement, Finding found, Delivered now) {
        @Nullable NetworkStatus previous = now.previous();
        @Nullable Condition before =
                previous == null ? null : previous.condition(judgement.type()).orElse(null);
        return before != null && before.status() == found.truth() ? before.lastTransitionTime() : judgement.since(now);
    }
}
