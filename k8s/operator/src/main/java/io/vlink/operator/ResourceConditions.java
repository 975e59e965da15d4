package io.vlink.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds conditions as Kubernetes defines them: the transition time is kept while the status is the same. Pure. */
public final class ResourceConditions {

    private final List<Condition> before;
    private final long generation;
    private final Instant now;
    private final List<Condition> said = new ArrayList<>();

    /**
     * Starts an empty list.
     *
     * @param before the conditions of the last status
     * @param generation the resource's generation that the conditions will describe
     */
    public ResourceConditions(@Nullable List<Condition> before, long generation, Instant now) {
        this.before = before == null ? List.of() : List.copyOf(before);
        this.generation = generation;
        this.now = now;
    }

    /**
     * Returns the last conditions, each of the generation that it describes, with Ready set to Unknown because Kafka's
     * data is in doubt.
     *
     * @param doubt what is wrong and what to do about it
     */
    public static ResourceConditions doubted(
            @Nullable List<Condition> before, long generation, String doubt, Instant now) {
        ResourceConditions conditions = new ResourceConditions(before, generation, now);
        conditions.before.stream()
                .filter(last -> !last.getType().equals("Ready"))
                .forEach(last -> conditions.add(
                        last.getObservedGeneration() == null ? generation : last.getObservedGeneration(),
                        last.getType(),
                        last.getStatus(),
                        last.getReason(),
                        last.getMessage()));
        return conditions.isUnknown("Ready", "DataInDoubt", doubt);
    }

    public ResourceConditions isTrue(String type, String reason, String message) {
        return add(type, "True", reason, message);
    }

    public ResourceConditions isFalse(String type, String reason, String message) {
        return add(type, "False", reason, message);
    }

    public ResourceConditions isUnknown(String type, String reason, String message) {
        return add(type, "Unknown", reason, message);
    }

    public ResourceConditions add(String type, String status, String reason, String message) {
        return add(generation, type, status, reason, message);
    }

    /**
     * Adds a condition.
     *
     * @param described the resource's generation that it describes, such as an earlier one that still serves
     */
    public ResourceConditions add(long described, String type, String status, String reason, String message) {
        String since = before.stream()
                .filter(last -> last.getType().equals(type) && last.getStatus().equals(status))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        said.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withObservedGeneration(described)
                .withLastTransitionTime(since)
                .build());
        return this;
    }

    /**
     * Adds the condition by which kstatus knows that the controller is still at work on the present generation. It
     * exists only while True, and is needed only beside a Ready that is True.
     */
    public ResourceConditions reconciling(String reason, String message) {
        return isTrue("Reconciling", reason, message);
    }

    /**
     * Adds the condition by which kstatus knows that the present generation needs somebody's attention. It exists only
     * while True.
     */
    public ResourceConditions stalled(String reason, String message) {
        return isTrue("Stalled", reason, message);
    }

    /** Returns the condition of a type added so far; null if there is none. */
    public @Nullable Condition find(String type) {
        return find(said, type);
    }

    /** Returns the condition of a type; null if there is none. */
    public static @Nullable Condition find(@Nullable List<Condition> conditions, String type) {
        return conditions == null
                ? null
                : conditions.stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst()
                        .orElse(null);
    }

    /** Returns whether the condition of a type exists and is False. */
    public static boolean isFalse(@Nullable Condition condition) {
        return condition != null && condition.getStatus().equals("False");
    }

    public List<Condition> all() {
        return List.copyOf(said);
    }
}
