package io.vlink.operator.overlay;

import io.fabric8.kubernetes.api.model.Condition;
import io.vlink.operator.ResourceConditions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of an overlay whose spec can be declared. Pure. */
final class OverlayConditions {

    private OverlayConditions() {}

    /**
     * Adds the conditions. Ready is True of the present generation only if all of that is recorded: until then switches
     * and links are known only as declared before.
     *
     * @param away a sentence for each node and link that is not up
     * @param accepted the generation that was last recorded completely; null if none is known
     */
    static void say(ResourceConditions conditions, OverlayPlan plan, List<String> away, @Nullable Long accepted) {
        if (!plan.taken().isEmpty()) {
            conditions.isFalse(
                    "Accepted",
                    "NameTaken",
                    "These nodes and links already exist, created over REST or Kafka, so they are not touched: %s. Delete them there, or choose other names."
                            .formatted(String.join(", ", plan.taken())));
        } else if (!plan.refusals().isEmpty()) {
            conditions.isFalse("Accepted", "Refused", String.join(" ", plan.refusals()));
        } else if (plan.open() > 0) {
            conditions.isUnknown(
                    "Accepted", "NotAnswered", "network-api has not answered %d requests yet.".formatted(plan.open()));
        } else {
            conditions.isTrue("Accepted", "Recorded", "Every node and link is recorded.");
        }
        if (!plan.inUse().isEmpty()) {
            conditions.isTrue("InUse", "InUse", String.join(" ", plan.inUse()));
        }
        Condition said = conditions.find("Accepted");
        if (said != null) {
            ready(conditions, said, away, accepted);
        }
    }

    private static void ready(
            ResourceConditions conditions, Condition said, List<String> away, @Nullable Long accepted) {
        String up = "Every switch is connected, and every link is up.";
        boolean isRefused = ResourceConditions.isFalse(said);
        if (!away.isEmpty()) {
            conditions.isFalse("Ready", "NotUp", String.join(" ", away));
        } else if (said.getStatus().equals("True")) {
            conditions.isTrue("Ready", "Up", up);
        } else if (isRefused && accepted != null) {
            conditions.add(accepted, "Ready", "True", "Up", up);
        } else {
            conditions.isUnknown("Ready", said.getReason(), said.getMessage());
        }
        if (isRefused) {
            conditions.stalled(said.getReason(), said.getMessage());
        } else if (said.getStatus().equals("Unknown")) {
            conditions.reconciling(said.getReason(), said.getMessage());
        }
    }

    /** Returns the generation that was last recorded completely; null if none is known. */
    static @Nullable Long accepted(@Nullable OverlayStatus status) {
        return status == null
                ? null
                : status.acceptedGeneration() != null
                        ? status.acceptedGeneration()
                        : accepted(null, status.conditions() == null ? List.of() : status.conditions());
    }

    /** Returns the same once these conditions are shown. */
    static @Nullable Long accepted(@Nullable OverlayStatus before, List<Condition> conditions) {
        Condition said = ResourceConditions.find(conditions, "Accepted");
        return said != null && said.getStatus().equals("True") ? said.getObservedGeneration() : accepted(before);
    }
}
