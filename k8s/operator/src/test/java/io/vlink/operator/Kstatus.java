package io.vlink.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges a custom resource as others do: by the rules of kstatus (sigs.k8s.io/cli-utils), which Flux, Helm and kpt wait
 * by, and by those of {@code kubectl wait}.
 */
public enum Kstatus {
    IN_PROGRESS,
    FAILED,
    CURRENT,
    TERMINATING;

    /** Returns the result of {@code status.Compute}. */
    public static Kstatus of(HasMetadata resource, @Nullable Long observed, @Nullable List<Condition> conditions) {
        if (resource.getMetadata().getDeletionTimestamp() != null) {
            return TERMINATING;
        }
        if (observed != null && !observed.equals(resource.getMetadata().getGeneration())) {
            return IN_PROGRESS;
        }
        for (Condition condition : conditions == null ? List.<Condition>of() : conditions) {
            if (condition.getType().equals("Reconciling")
                    && condition.getStatus().equals("True")) {
                return IN_PROGRESS;
            }
            if (condition.getType().equals("Stalled") && condition.getStatus().equals("True")) {
                return FAILED;
            }
        }
        Condition ready = find(conditions, "Ready");
        return ready == null || ready.getStatus().equals("True") ? CURRENT : IN_PROGRESS;
    }

    /** Returns whether {@code kubectl wait --for=condition=TYPE} comes back. */
    public static boolean endsWait(
            HasMetadata resource, @Nullable Long observed, @Nullable List<Condition> conditions, String type) {
        Condition condition = find(conditions, type);
        if (condition == null) {
            return false;
        }
        Long described = condition.getObservedGeneration() == null ? observed : condition.getObservedGeneration();
        return (described == null || described >= resource.getMetadata().getGeneration())
                && condition.getStatus().equals("True");
    }

    /** Returns the condition of a type. */
    public static @Nullable Condition find(@Nullable List<Condition> conditions, String type) {
        return conditions == null
                ? null
                : conditions.stream()
                        .filter(condition -> Objects.equals(condition.getType(), type))
                        .findFirst()
                        .orElse(null);
    }
}
