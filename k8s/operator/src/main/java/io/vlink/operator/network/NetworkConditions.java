package io.vlink.operator.network;

import io.fabric8.kubernetes.api.model.Condition;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.requests.Answer;
import io.vlink.events.services.Absence;
import io.vlink.events.services.Caveats;
import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.operator.ResourceConditions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of one network in one round of planning. Pure.
 *
 * <p>Each condition describes the resource's present generation. What is known only of an earlier generation is not shown
 * as if it were of the present one: it is Unknown while the present generation is being brought about. If the present
 * generation is refused, the earlier one goes on serving, and the conditions name it as the generation that they
 * describe.
 */
final class NetworkConditions {

    private static final String ACCEPTED = "Accepted";
    private static final String READY = "Ready";
    /** The conditions that lead to Ready; each requires those before it. */
    private static final List<String> TOWARDS_READY = List.of(ACCEPTED, "Attached", "Programmed", READY);
    /** Reasons that pass without a change of the resource, such as an Overlay that is applied a moment later. */
    private static final Set<String> PASSING = Set.of(
            "NoOverlay",
            "NotRead",
            "Withdrawn",
            RefusalReason.NODE_UNKNOWN.word(),
            RefusalReason.LINK_UNKNOWN.word(),
            RefusalReason.PORT_UNKNOWN.word(),
            RefusalReason.REMOVAL_PENDING.word());

    private final long generation;
    private final NetworkPlan.NetworkFacts known;
    private final RecordedGenerations generations;
    private final ResourceConditions conditions;
    /** Whether a condition is known only of an earlier generation, and the present one is not refused. */
    private boolean servesEarlier;

    /**
     * Starts without conditions.
     *
     * @param generation the resource's present generation
     * @param generations those that were recorded, including the present one if its request is answered
     */
    NetworkConditions(
            long generation,
            NetworkPlan.NetworkFacts known,
            RecordedGenerations generations,
            ResourceConditions conditions) {
        this.generation = generation;
        this.known = known;
        this.generations = generations;
        this.conditions = conditions;
    }

    /** Adds the conditions of a network that is not requested, and returns the phase. */
    String waits(String reason, String message) {
        conditions.isFalse(ACCEPTED, reason, message);
        sayAllBut(ACCEPTED, List.of());
        sayProgress();
        return "Pending";
    }

    /** Adds the conditions of a network whose name is being claimed, and returns the phase. */
    String declares() {
        conditions.isUnknown(ACCEPTED, "Declaring", "The network is being declared.");
        sayProgress();
        return "Pending";
    }

    /**
     * Adds the conditions of a network that the resource owns, and returns the phase.
     *
     * @param answer the answer to the last request for the present spec; null if there is none
     * @param recorded the generation of the record that last resulted from the resource; null if none did
     */
    String of(@Nullable Answer answer, @Nullable Long recorded) {
        String phase = say(answer, recorded);
        sayProgress();
        return ResourceConditions.isFalse(conditions.find(ACCEPTED)) && phase.equals(Phase.READY.word())
                ? Phase.REFUSED.word() // the edit; the condition Ready says which generation serves
                : phase;
    }

    private String say(@Nullable Answer answer, @Nullable Long recorded) {
        NetworkStatus status = known.recorded() == null ? null : known.status();
        List<io.vlink.events.statuses.Condition> told = told(status, recorded);
        if (answer instanceof Answer.Refused refused) {
            conditions.isFalse(
                    ACCEPTED, refused.violations().getFirst().reason(), NetworkPlan.inWords(refused.violations()));
            sayAllBut(ACCEPTED, told);
            return Phase.REFUSED.word();
        }
        if (recorded == null || !generations.isRecorded(generation)) {
            sayNotAnswered(known.missing().recorder());
            sayAllBut(ACCEPTED, told);
            return "Pending";
        }
        if (status == null || status.revision().generation() < recorded) {
            if (known.missing().caveats().equals(Caveats.NONE) || told.isEmpty()) {
                conditions.isUnknown(ACCEPTED, "Deciding", "path-service has not decided about the network yet.");
                sayAllBut(ACCEPTED, told);
            } else {
                sayAllBut("", told);
            }
            return "Pending";
        }
        sayAllBut("", told);
        return status.phase() == Phase.READY && isDoubted()
                ? "Unknown"
                : status.phase().word();
    }

    private void sayNotAnswered(@Nullable Absence recorder) {
        if (recorder == null) {
            conditions.isUnknown(ACCEPTED, "NotAnswered", "network-api has not answered the request yet.");
        } else {
            conditions.isUnknown(
                    ACCEPTED,
                    "RequestsDelayed",
                    "The network is requested, but requests have been delayed since %s: %s. Nothing is lost."
                            .formatted(recorder.since(), recorder.whoAndHow()));
        }
    }

    /** Returns whether it is unknown whether the network is Ready. */
    boolean isDoubted() {
        Condition ready = conditions.find(READY);
        return ready != null && ready.getStatus().equals("Unknown");
    }

    /** Returns the conditions of the status, with the caveats while a service is missing. */
    private List<io.vlink.events.statuses.Condition> told(@Nullable NetworkStatus status, @Nullable Long recorded) {
        NetworkPlan.Missing missing = known.missing();
        if (missing.caveats().equals(Caveats.NONE) || known.recorded() == null) {
            return status == null ? List.of() : status.conditions();
        }
        long present = known.recorded().generation();
        return missing.caveats()
                .conditions(new Caveats.StatusFacts(
                        recorded == null ? present : Math.max(present, recorded),
                        false,
                        status,
                        missing.decision(),
                        missing.attachmentsDecided()));
    }

    private void sayAllBut(String said, List<io.vlink.events.statuses.Condition> told) {
        if (told.isEmpty()) {
            TOWARDS_READY.stream()
                    .filter(type -> !type.equals(ACCEPTED))
                    .forEach(type -> conditions.isFalse(type, "NotAccepted", "See the condition Accepted."));
            return;
        }
        told.stream().filter(condition -> !condition.type().equals(said)).forEach(this::say);
    }

    private void say(io.vlink.events.statuses.Condition told) {
        long described = generations.spec(told.observedGeneration());
        String message = generations.inWords(told.message());
        Condition accepted = conditions.find(ACCEPTED);
        if (described == generation
                || ResourceConditions.isFalse(accepted)
                || !TOWARDS_READY.contains(told.type())) { // such as ControlLost, which exists only while True
            conditions.add(described, told.type(), word(told.status()), told.reason(), message);
            return;
        }
        servesEarlier = true;
        if (accepted != null && accepted.getStatus().equals("Unknown")) {
            conditions.isUnknown(told.type(), accepted.getReason(), accepted.getMessage());
        } else {
            conditions.isUnknown(told.type(), told.reason(), message);
        }
    }

    private static String word(Truth truth) {
        return switch (truth) {
            case TRUE -> "True";
            case FALSE -> "False";
            case UNKNOWN -> "Unknown";
        };
    }

    /** Adds Stalled if somebody has to act, or Reconciling until the present generation is decided and serves. */
    private void sayProgress() {
        Condition accepted = conditions.find(ACCEPTED);
        Condition ready = conditions.find(READY);
        if (accepted == null) {
            return;
        }
        if (ResourceConditions.isFalse(accepted) && !PASSING.contains(accepted.getReason())) {
            conditions.stalled(accepted.getReason(), accepted.getMessage());
        } else if (!accepted.getStatus().equals("True")) {
            conditions.reconciling(accepted.getReason(), accepted.getMessage());
        } else if (servesEarlier && ready != null) {
            conditions.reconciling(ready.getReason(), ready.getMessage());
        }
    }
}
