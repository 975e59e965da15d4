package io.vlink.flow.status;

import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.ConditionReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The condition ControlLost: a switch that carries traffic has lost its controller. Present only while true. */
final class ControlLost implements Judgement {

    @Override
    public Condition.Type type() {
        return Condition.Type.CONTROL_LOST;
    }

    @Override
    public @Nullable Finding of(Delivered now, Findings before) {
        List<SwitchView> lost = now.uncontrolled();
        return lost.isEmpty()
                ? null
                : Finding.yes(
                        reason(lost),
                        Waits.away(lost, now.decidedAt()) + "; the other conditions are as last known.",
                        now.generation());
    }

    private static ConditionReason reason(List<SwitchView> lost) {
        if (lost.stream().anyMatch(each -> each.absence() != null)) {
            return ConditionReason.GATEWAY_AWAY;
        }
        return lost.stream().anyMatch(SwitchView::isRefused)
                ? ConditionReason.SWITCH_REFUSED
                : ConditionReason.SWITCH_DISCONNECTED;
    }
}
