package io.vlink.networkapi.rest;

import io.vlink.events.requests.Request;
import io.vlink.networkapi.http.Call;
import io.vlink.networkapi.http.Calls;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.http.Representations;
import io.vlink.networkapi.reading.Declaration;
import io.vlink.networkapi.reading.DocumentScope;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Handles writes of one thing each: checks conditions, reads the document, and answers with the result. */
@Singleton
public final class Writes {

    /** Status if nothing is left. */
    private static final int GONE = 204;

    private final Calls calls;
    private final Representations representations;
    private final Reads reads;
    private final WriteExecution effects;

    Writes(Calls calls, Representations representations, Reads reads, WriteExecution effects) {
        this.calls = calls;
        this.representations = representations;
        this.reads = reads;
        this.effects = effects;
    }

    /** Reads the declaration and the conditions of a call. */
    public <I, S> WriteCall<I, S> read(
            WriteExecution.Way way, Declarable<I, S> sort, DocumentScope place, byte[] body) {
        reads.requireLoaded();
        Call call = calls.current();
        Declaration<I, S> declaration =
                representations.read(call, body, root -> sort.reader().apply(root, place));
        Target target = sort.target().apply(declaration.id());
        if (way == WriteExecution.Way.POST) {
            Preconditions.refuseOnPost(call);
            return new WriteCall<>(call, way, target, declaration, 0L);
        }
        Long ifGeneration = Preconditions.ifGeneration(call, target);
        return new WriteCall<>(call, way, target, declaration, ifGeneration);
    }

    /** The declaration in a call. */
    public record WriteCall<I, S>(
            Call call,
            WriteExecution.Way way,
            Target target,
            Declaration<I, S> declaration,
            @Nullable Long ifGeneration) {

        /** Checks the generation against this instance's view. Only the recorder can tell for certain. */
        public void requireGeneration() {
            long now = target.shown()
                    .filter(shown -> !shown.withdrawn())
                    .map(Target.CurrentState::generation)
                    .orElse(0L);
            if (ifGeneration != null && ifGeneration != now) {
                throw new ProblemException(
                        way == WriteExecution.Way.POST
                                ? Problem.ProblemType.EXISTS
                                : Problem.ProblemType.GENERATION_MISMATCH,
                        "The %s has generation %d; the condition requires %d."
                                .formatted(target.what(), now, ifGeneration));
            }
        }
    }

    /** Declares something. */
    public <I, S> CompletionStage<Response> declare(
            WriteExecution.Way way, Declarable<I, S> sort, DocumentScope place, byte[] body) {
        return declare(sort, read(way, sort, place, body));
    }

    /** Declares a declaration that was read before. */
    public <I, S> CompletionStage<Response> declare(Declarable<I, S> sort, WriteCall<I, S> asked) {
        Declaration<I, S> declaration = asked.declaration();
        Request request = sort.declare()
                .request(
                        RequestIds.next(),
                        declaration.id(),
                        asked.ifGeneration(),
                        declaration.spec(),
                        asked.call().caller());
        return effects.declare(
                        asked.way(), asked.target(), request, asked.call().patience())
                .exceptionallyCompose(Writes::withoutFields)
                .thenApply(effect -> declared(asked, effect));
    }

    private Response declared(WriteCall<?, ?> asked, WriteResult effect) {
        Target target = asked.target();
        Target.CurrentState own = effect.version();
        if (own == null) {
            throw new ProblemException(
                    Problem.ProblemType.UNAVAILABLE,
                    "The %s is recorded as generation %d but cannot be shown: it is not read back yet."
                            .formatted(target.what(), effect.generation()));
        }
        Response.ResponseBuilder builder = shown(asked.call(), own, effect);
        if (effect.created()) {
            builder.header(HttpHeaders.LOCATION, target.location());
        }
        return preferred(builder, asked.call().patience()).build();
    }

    /** Withdraws something. */
    public <I> CompletionStage<Response> withdraw(Declarable<I, ?> sort, I id) {
        reads.requireLoaded();
        Call call = calls.current();
        Target target = sort.target().apply(id);
        Request request =
                sort.withdraw().request(RequestIds.next(), id, Preconditions.ifGeneration(call, target), call.caller());
        return effects.withdraw(target, request, call.patience())
                .exceptionallyCompose(Writes::withoutFields)
                .thenApply(effect -> preferred(withdrawn(call, target, effect), call.patience())
                        .build());
    }

    /** Removes the fields from violations about generations: the caller sent a header or nothing, not that field. */
    private static CompletionStage<WriteResult> withoutFields(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return CompletableFuture.failedFuture(
                cause instanceof ProblemException problem
                                && (problem.kind() == Problem.ProblemType.EXISTS
                                        || problem.kind() == Problem.ProblemType.GENERATION_MISMATCH)
                        ? new ProblemException(
                                problem.kind(), problem.violations().getFirst().message())
                        : error);
    }

    /** Answers a withdrawal. If the record is gone at once, shows the thing as it was before. */
    private Response.ResponseBuilder withdrawn(Call call, Target target, WriteResult effect) {
        if (effect.status() == GONE) {
            return Response.status(GONE);
        }
        Target.CurrentState own = effect.version();
        if (own == null) {
            throw new ProblemException(
                    Problem.ProblemType.UNAVAILABLE,
                    "The %s is withdrawn, but its current state cannot be shown.".formatted(target.what()));
        }
        return shown(call, own, effect);
    }

    private Response.ResponseBuilder shown(Call call, Target.CurrentState shown, WriteResult effect) {
        Object body = shown.body().get();
        Object warned = body instanceof Warned of && !effect.warnings().isEmpty() ? of.with(effect.warnings()) : body;
        return reads.tagged(reads.body(Response.status(effect.status()), call, warned), shown);
    }

    private static Response.ResponseBuilder preferred(Response.ResponseBuilder builder, Optional<Duration> patience) {
        patience.ifPresent(wait -> builder.header("Preference-Applied", "wait=" + wait.toSeconds()));
        return builder;
    }
}
