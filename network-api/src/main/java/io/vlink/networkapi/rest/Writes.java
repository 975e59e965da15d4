package io.vlink.networkapi.rest;

import io.vlink.events.Violation;
import io.vlink.events.requests.Answer;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.NetworkApiConfig;
import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.view.View;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes: has the recorder decide, and answers when this instance's view shows it, so that whoever was answered reads what
 * was written. No thread ever waits.
 */
@Singleton
public final class Writes {

    /** How something is declared. */
    public enum Way {
        /** It must not exist. */
        POST,
        /** It may exist. */
        PUT
    }

    private final NetworkLog log;
    private final View view;
    private final Reads reads;
    private final Duration deadline;

    Writes(NetworkLog log, View view, Reads reads, NetworkApiConfig config) {
        this.log = log;
        this.view = view;
        this.reads = reads;
        this.deadline = config.rest().deadline();
    }

    /**
     * Declares something.
     *
     * @param request makes the request, given its id and the generation that must be recorded
     */
    public CompletionStage<Response> declare(
            Call call, Way way, Target target, BiFunction<String, @Nullable Long, Request> request) {
        reads.requireLoaded();
        Long ifGeneration = way == Way.POST ? Long.valueOf(0) : Conditions.ifGeneration(call, target);
        return ask(request, ifGeneration).thenCompose(answer -> switch (answer) {
            case Answer.Refused refused -> CompletableFuture.failedFuture(problem(way, refused.violations()));
            case Answer.Recorded recorded ->
                view.await(target.key(), () -> isShown(target, recorded.generation()), deadline)
                        .thenCompose(seen -> declared(call, target, recorded));
        });
    }

    private static boolean isShown(Target target, long generation) {
        return target.shown().filter(s -> s.generation() >= generation).isPresent();
    }

    private CompletionStage<Response> declared(Call call, Target target, Answer.Recorded recorded) {
        if (!target.takesTime()) {
            return CompletableFuture.completedFuture(
                    answer(call, target, recorded.created() ? 201 : 200, recorded, Optional.empty()));
        }
        if (call.patience().isEmpty()) {
            return CompletableFuture.completedFuture(
                    answer(call, target, recorded.changed() ? 202 : 200, recorded, Optional.empty()));
        }
        return view.await(
                        target.statusKey(),
                        () -> target.declared(recorded.generation()) != Target.Progress.PENDING,
                        call.patience().get())
                .thenApply(over -> {
                    boolean done = target.declared(recorded.generation()) == Target.Progress.DONE;
                    return answer(
                            call, target, !done ? 202 : recorded.created() ? 201 : 200, recorded, call.patience());
                });
    }

    /**
     * Withdraws something.
     *
     * @param request makes the request, given its id and the generation that must be recorded
     */
    public CompletionStage<Response> withdraw(
            Call call, Target target, BiFunction<String, @Nullable Long, Request> request) {
        reads.requireLoaded();
        Long ifGeneration = Conditions.ifGeneration(call, target);
        return ask(request, ifGeneration).thenCompose(answer -> switch (answer) {
            case Answer.Refused refused -> {
                boolean unknown =
                        refused.violations().stream().allMatch(v -> v.reason().equals("Unknown"));
                // The view may still be about to see that it went.
                yield unknown
                        ? view.await(target.key(), () -> target.shown().isEmpty(), deadline)
                                .thenApply(seen -> gone(Optional.empty()))
                        : CompletableFuture.failedFuture(problem(Way.PUT, refused.violations()));
            }
            case Answer.Recorded recorded -> withdrawn(call, target, recorded);
        });
    }

    private CompletionStage<Response> withdrawn(Call call, Target target, Answer.Recorded recorded) {
        long generation = recorded.generation();
        CompletionStage<Boolean> seen = view.await(target.key(), () -> isWithdrawn(target, generation), deadline);
        if (!target.takesTime()) {
            return seen.thenApply(yes -> gone(Optional.empty()));
        }
        Duration wait = call.patience().orElse(Duration.ZERO);
        return seen.thenCompose(yes -> view.await(target.statusKey(), () -> target.isGone(generation), wait))
                .thenApply(gone -> gone ? gone(call.patience()) : answer(call, target, 202, recorded, call.patience()));
    }

    private static boolean isWithdrawn(Target target, long generation) {
        return target.shown().map(s -> s.generation() >= generation).orElse(true);
    }

    private CompletionStage<Answer> ask(
            BiFunction<String, @Nullable Long, Request> request, @Nullable Long ifGeneration) {
        return log.ask(request.apply(RequestIds.next(), ifGeneration));
    }

    private Response answer(
            Call call, Target target, int status, Answer.Recorded recorded, Optional<Duration> applied) {
        Response.ResponseBuilder builder = Response.status(status);
        Optional<Target.Shown> shown = target.shown();
        if (shown.isPresent()) {
            reads.tagged(reads.body(builder, call, shown.get().body()), shown.get());
        } else {
            builder.header(HttpHeaders.ETAG, "\"%d\"".formatted(recorded.generation()));
        }
        if (recorded.created()) {
            builder.header(HttpHeaders.LOCATION, target.location());
        }
        return preferred(builder, applied).build();
    }

    private static Response gone(Optional<Duration> applied) {
        return preferred(Response.noContent(), applied).build();
    }

    private static Response.ResponseBuilder preferred(Response.ResponseBuilder builder, Optional<Duration> applied) {
        applied.ifPresent(wait -> builder.header("Preference-Applied", "wait=" + wait.toSeconds()));
        return builder;
    }

    private static ProblemException problem(Way way, List<Violation> violations) {
        Problem.Kind kind = Problem.Kind.INVALID;
        if (violations.stream().anyMatch(v -> v.reason().equals("GenerationMismatch"))) {
            kind = way == Way.POST ? Problem.Kind.EXISTS : Problem.Kind.GENERATION_MISMATCH;
        } else if (violations.stream()
                .anyMatch(v -> v.reason().equals("Conflict") || v.reason().equals("InUse"))) {
            kind = Problem.Kind.CONFLICT;
        }
        return new ProblemException(kind, ProblemException.summary(violations), violations);
    }
}
