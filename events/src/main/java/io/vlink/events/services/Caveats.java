package io.vlink.events.services;

import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.ConditionReason;
import io.vlink.events.statuses.NetworkStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Corrections to the status of a network that readers show while the services that would update it are missing. The
 * status itself cannot contain them: the service that writes it is away.
 *
 * @param decisions why path-service makes no decisions for the network's overlay; absent where it does
 * @param statuses why flow-service writes no rules and statuses for it; absent where it does
 */
public record Caveats(@Nullable Absence decisions, @Nullable Absence statuses) {

    public static final Caveats NONE = new Caveats(null, null);

    private static final String DECISIONS = CaveatReason.DECISIONS_DELAYED.word();
    private static final String STATUSES = CaveatReason.STATUSES_DELAYED.word();

    /**
     * The known state of one network.
     *
     * @param generation the recorded generation
     * @param withdrawn whether this generation is its deletion
     * @param status absent where none was written, or none since the network was created again
     * @param decision absent where none was made
     * @param attachmentsDecided whether the decision covers exactly the recorded attachments
     */
    public record StatusFacts(
            long generation,
            boolean withdrawn,
            @Nullable NetworkStatus status,
            @Nullable PathDecision decision,
            boolean attachmentsDecided) {

        boolean isDecided() {
            return decision != null && decision.revision().generation() >= generation;
        }

        /** Whether the status refers to the latest decision. */
        boolean isBroughtAbout() {
            return decision == null
                    || (status != null
                            && status.revision().generation()
                                    >= decision.revision().generation());
        }

        private String recorded() {
            return withdrawn
                    ? "The deletion (generation %d) is recorded".formatted(generation)
                    : isDecided() ? "An attachment is recorded" : "Generation %d is recorded".formatted(generation);
        }
    }

    /** Returns the caveats for the overlays of one partition number, as an instance sees the services. */
    public static Caveats of(Services services, int partition) {
        Absence decisions = services.missing(Services.PATH_SERVICE, partition);
        Absence statuses = services.missing(Services.FLOW_SERVICE, partition);
        return decisions == null && statuses == null ? NONE : new Caveats(decisions, statuses);
    }

    /** Returns the conditions of a network with these caveats. */
    public List<Condition> conditions(StatusFacts known) {
        List<Condition> shown = new ArrayList<>(
                known.status() == null ? List.of() : known.status().conditions());
        if (decisions != null) {
            decisionsAreDelayed(known, decisions, shown);
        }
        if (statuses != null) {
            statusesAreDelayed(known, statuses, shown);
        }
        return shown;
    }

    private static void decisionsAreDelayed(StatusFacts known, Absence absence, List<Condition> shown) {
        if (known.isDecided() && known.attachmentsDecided()) {
            // By itself path-service would only notice that a link failed.
            append(
                    shown,
                    Condition.Type.READY,
                    Truth.TRUE,
                    " As last known: %s, so link failures are neither reported nor repaired."
                            .formatted(absence.words()));
            return;
        }
        String message = "%s, but %s. Nothing is lost: it will be decided afterwards.%s"
                .formatted(
                        known.recorded(),
                        delayed("decisions", absence),
                        known.withdrawn() ? " Until then its rules stay in the switches." : "");
        Condition.Type type = known.isDecided() ? Condition.Type.ATTACHED : Condition.Type.ACCEPTED;
        say(shown, type, Truth.UNKNOWN, DECISIONS, message, known.generation(), absence.since());
        if (!holds(shown, Condition.Type.READY)) {
            say(shown, Condition.Type.READY, Truth.FALSE, DECISIONS, message, known.generation(), absence.since());
        }
    }

    private static void statusesAreDelayed(StatusFacts known, Absence absence, List<Condition> shown) {
        String delayed = delayed("rules and statuses", absence);
        boolean wasReady = holds(shown, Condition.Type.READY);
        if (!known.isBroughtAbout() && known.decision() != null) {
            PathDecision decision = known.decision();
            long generation = decision.revision().generation();
            String message = "%s is decided, but %s. Nothing is lost: the switches will be updated afterwards."
                    .formatted(
                            decision.outcome() == Outcome.WITHDRAWN
                                    ? "The deletion (generation %d)".formatted(generation)
                                    : "Generation %d".formatted(generation),
                            delayed);
            if (known.isDecided()) {
                accepted(shown, decision, generation);
            }
            say(shown, Condition.Type.PROGRAMMED, Truth.UNKNOWN, STATUSES, message, generation, absence.since());
            if (!wasReady) {
                say(shown, Condition.Type.READY, Truth.FALSE, STATUSES, message, generation, absence.since());
            }
        }
        if (wasReady) {
            Condition ready = find(shown, Condition.Type.READY).orElseThrow();
            say(
                    shown,
                    Condition.Type.READY,
                    Truth.UNKNOWN,
                    STATUSES,
                    "The state cannot be confirmed: %s. As last known: %s".formatted(delayed, ready.message()),
                    ready.observedGeneration(),
                    absence.since());
        } else if (known.isBroughtAbout()) {
            append(shown, Condition.Type.READY, Truth.FALSE, " As last known: %s.".formatted(delayed));
            append(shown, Condition.Type.READY, Truth.UNKNOWN, " As last known: %s.".formatted(delayed));
        }
    }

    private static String delayed(String what, Absence absence) {
        return "%s are delayed since %s: %s".formatted(what, absence.since(), absence.whoAndHow());
    }

    private static void accepted(List<Condition> shown, PathDecision decision, long generation) {
        switch (decision.outcome()) {
            case ADMITTED ->
                say(
                        shown,
                        Condition.Type.ACCEPTED,
                        Truth.TRUE,
                        ConditionReason.ADMITTED.word(),
                        "The path is reserved.",
                        generation,
                        decision.decidedAt());
            case REFUSED ->
                say(
                        shown,
                        Condition.Type.ACCEPTED,
                        Truth.FALSE,
                        decision.violations().isEmpty()
                                ? ConditionReason.REFUSED.word()
                                : decision.violations().getFirst().reason(),
                        String.join(
                                " ",
                                decision.violations().stream()
                                        .map(violation -> violation.message())
                                        .distinct()
                                        .toList()),
                        generation,
                        decision.decidedAt());
            case WITHDRAWN ->
                say(
                        shown,
                        Condition.Type.ACCEPTED,
                        Truth.FALSE,
                        ConditionReason.WITHDRAWN.word(),
                        "The network was deleted.",
                        generation,
                        decision.decidedAt());
        }
    }

    private static boolean holds(List<Condition> shown, Condition.Type type) {
        return find(shown, type)
                .filter(condition -> condition.status() == Truth.TRUE)
                .isPresent();
    }

    private static Optional<Condition> find(List<Condition> shown, Condition.Type type) {
        return shown.stream().filter(condition -> condition.is(type)).findFirst();
    }

    private static void append(List<Condition> shown, Condition.Type type, Truth truth, String words) {
        shown.replaceAll(condition -> !condition.is(type) || condition.status() != truth
                ? condition
                : new Condition(
                        type,
                        truth,
                        condition.reason(),
                        condition.message() + words,
                        condition.observedGeneration(),
                        condition.lastTransitionTime()));
    }

    private static void say(
            List<Condition> shown,
            Condition.Type type,
            Truth truth,
            String reason,
            String message,
            long generation,
            Instant since) {
        Instant transition = find(shown, type)
                .filter(before -> before.status() == truth)
                .map(Condition::lastTransitionTime)
                .orElse(since);
        Condition said = new Condition(type, truth, reason, message, generation, transition);
        shown.removeIf(condition -> condition.is(type));
        int before = (int) shown.stream()
                .filter(condition -> isToldBefore(condition, type))
                .count();
        shown.add(before, said);
    }

    private static boolean isToldBefore(Condition condition, Condition.Type type) {
        return Stream.of(Condition.Type.values())
                .takeWhile(known -> known != type)
                .anyMatch(condition::is);
    }
}
