package io.vlink.networkapi.rest;

import io.vlink.events.reasons.RequestReason;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Answer;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.NetworkApiConfig;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.view.View;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries out writes. Asks the recorder to decide, and completes when this instance's view shows the result, so a
 * caller reads its own writes. For callers that wait, it completes when the write has taken effect. The result has the
 * version that the write made, not a later one. No thread ever blocks.
 */
@Singleton
public final class WriteExecution {

    /** The ways to declare something. */
    public enum Way {
        /** The thing must not exist. */
        POST,
        /** The thing may exist. */
        PUT
    }

    private final NetworkLog log;
    private final View view;
    private final Duration deadline;

    WriteExecution(NetworkLog log, View view, NetworkApiConfig config) {
        this.log = log;
        this.view = view;
        this.deadline = config.rest().deadline();
    }

    /** Declares something. Fails with a {@link ProblemException} if it is refused. */
    public CompletionStage<WriteResult> declare(Way way, Target target, Request request, Optional<Duration> patience) {
        Versions versions = new Versions(view, target);
        return log.ask(request)
                .thenCompose(answer -> switch (answer) {
                    case Answer.Refused refused -> CompletableFuture.failedFuture(problem(way, refused.violations()));
                    case Answer.Recorded recorded ->
                        view.await(target.key(), () -> versions.reached(recorded.generation()), deadline)
                                .thenCompose(seen -> declared(target, recorded, versions, patience));
                })
                .whenComplete((result, error) -> versions.close());
    }

    private CompletionStage<WriteResult> declared(
            Target target, Answer.Recorded recorded, Versions versions, Optional<Duration> patience) {
        Target.CurrentState own = versions.of(recorded.generation()).orElse(null);
        versions.close(); // waiting for more may take long
        if (patience.isEmpty()) {
            int status = target.takesTime() ? (recorded.changed() ? 202 : 200) : recorded.created() ? 201 : 200;
            return CompletableFuture.completedFuture(effect(status, recorded, own));
        }
        return view.await(
                        target.statusKey(),
                        () -> target.declared(recorded.generation()) != Target.Progress.PENDING,
                        patience.get())
                .thenApply(removed -> {
                    boolean done = target.declared(recorded.generation()) == Target.Progress.DONE;
                    return effect(!done ? 202 : recorded.created() ? 201 : 200, recorded, own);
                });
    }

    /** Withdraws something. Fails with a {@link ProblemException} if that is refused. */
    public CompletionStage<WriteResult> withdraw(Target target, Request request, Optional<Duration> patience) {
        Versions versions = new Versions(view, target);
        return log.ask(request)
                .thenCompose(answer -> switch (answer) {
                    case Answer.Refused refused -> {
                        boolean unknown = refused.violations().stream().allMatch(v -> v.is(RequestReason.UNKNOWN));
                        // The view may not show the removal yet.
                        yield unknown
                                ? view.await(target.key(), () -> target.shown().isEmpty(), deadline)
                                        .thenApply(seen -> WriteResult.NOTHING_LEFT)
                                : CompletableFuture.failedFuture(problem(Way.PUT, refused.violations()));
                    }
                    case Answer.Recorded recorded -> withdrawn(target, recorded, versions, patience);
                })
                .whenComplete((result, error) -> versions.close());
    }

    private CompletionStage<WriteResult> withdrawn(
            Target target, Answer.Recorded recorded, Versions versions, Optional<Duration> patience) {
        long generation = recorded.generation();
        boolean takesTime = target.takesTime() || !recorded.allWarnings().isEmpty();
        if (!takesTime && patience.isEmpty()) { // nothing uses it, so its record is deleted at once
            return view.await(target.key(), () -> isErased(target, generation), deadline)
                    .thenApply(erased -> effect(erased ? 204 : 202, recorded, last(versions, generation)));
        }
        CompletionStage<Boolean> seen = view.await(target.key(), () -> isWithdrawn(target, generation), deadline);
        Duration wait = patience.orElse(Duration.ZERO);
        return seen.thenCompose(yes -> {
            Target.CurrentState own = last(versions, generation);
            versions.close(); // waiting for more may take long
            return view.await(target.removalKey(), () -> target.isRemoved(generation), wait)
                    .thenApply(removed -> effect(removed ? 204 : 202, recorded, own));
        });
    }

    /** Returns the thing as the withdrawal left it, or as it was before if its record is gone at once. */
    private static Target.@Nullable CurrentState last(Versions versions, long generation) {
        return versions.upTo(generation).orElse(null);
    }

    private static boolean isErased(Target target, long generation) {
        return target.shown()
                .map(s -> s.generation() > generation && !s.withdrawn())
                .orElse(true);
    }

    private static boolean isWithdrawn(Target target, long generation) {
        return target.shown().map(s -> s.generation() >= generation).orElse(true);
    }

    private static WriteResult effect(int status, Answer.Recorded recorded, Target.@Nullable CurrentState version) {
        return new WriteResult(
                status, recorded.generation(), recorded.changed(), recorded.created(), recorded.allWarnings(), version);
    }

    /** Returns the problem for a request that was refused. */
    public static ProblemException problem(Way way, List<Violation> violations) {
        Problem.ProblemType kind = Problem.ProblemType.INVALID;
        if (violations.stream().anyMatch(v -> v.is(RequestReason.GENERATION_MISMATCH))) {
            kind = way == Way.POST ? Problem.ProblemType.EXISTS : Problem.ProblemType.GENERATION_MISMATCH;
        } else if (violations.stream().anyMatch(v -> v.is(RequestReason.CONFLICT) || v.is(RequestReason.IN_USE))) {
            kind = Problem.ProblemType.CONFLICT;
        }
        return new ProblemException(kind, ProblemException.summary(violations), violations);
    }
}
