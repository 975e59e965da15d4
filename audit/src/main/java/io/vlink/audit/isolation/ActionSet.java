package io.vlink.audit.isolation;

import io.vlink.audit.tables.FlowAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An action set (OpenFlow 1.4.1 §5.10): one action of each kind, performed at the end of the pipeline in a fixed order. */
final class ActionSet {

    private ActionSet() {}

    /** Adds actions; each replaces an earlier one of its kind. */
    static List<FlowAction> with(List<FlowAction> set, List<FlowAction> written) {
        List<FlowAction> changed = new ArrayList<>(set);
        for (FlowAction action : written) {
            changed.removeIf(old -> isReplacedBy(old, action));
            changed.add(action);
        }
        return changed;
    }

    private static boolean isReplacedBy(FlowAction old, FlowAction action) {
        boolean nameless = old instanceof FlowAction.Rewrite || old instanceof FlowAction.UnknownAction;
        return !nameless && old.getClass() == action.getClass();
    }

    /** Returns the actions in order of execution. A set that hands frames to a group does not also send them out of a port. */
    static List<FlowAction> inOrder(List<FlowAction> set) {
        boolean grouped = set.stream().anyMatch(FlowAction.GroupAction.class::isInstance);
        return set.stream()
                .filter(action -> !(grouped && action instanceof FlowAction.OutputPort))
                .sorted(Comparator.comparingInt(ActionSet::rank))
                .toList();
    }

    private static int rank(FlowAction action) {
        return switch (action) {
            case FlowAction.PopVlan pop -> 0;
            case FlowAction.PushVlan push -> 1;
            case FlowAction.SetVlan set -> 2;
            case FlowAction.SetTunnel set -> 2;
            case FlowAction.Rewrite rewrite -> 3;
            case FlowAction.UnknownAction unknown -> 4;
            case FlowAction.GroupAction group -> 5;
            case FlowAction.OutputPort output -> 6;
        };
    }
}
