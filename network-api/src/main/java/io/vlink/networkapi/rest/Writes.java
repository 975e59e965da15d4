package io.vlink.networkapi.rest;

import io.vlink.events.requests.Request;
import io.vlink.networkapi.reading.Declaration;
import io.vlink.networkapi.reading.Place;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Writes of one thing each: conditions, the document in, what came of it out. */
@Singleton
public final class Writes {

    private final Calls calls;
    private final Representations representations;
    private final Reads reads;
    private final Effects effects;

    Writes(Calls calls, Representations representations, Reads reads, Effects effects) {
        this.calls = calls;
        this.representations = representations;
        this.reads = reads;
        this.effects = effects;
    }

    /** Reads what a call declares, and whether that may be. */
    public <I, S> Asked<I, S> read(Effects.Way way, Declarable<I, S> sort, Place place, byte[] body) {
        reads.requireLoaded();
        Call call = calls.current();
        Declaration<I, S> declaration =
                representations.read(call, body, root -> sort.reader().apply(root, place));
        Target target = sort.target().apply(declaration.id());
        if (way == Effects.Way.POST) {
            Conditions.refuseIfMatch(call);
            return new Asked<>(call, way, target, declaration, 0L);
        }
        Long ifGeneration = Conditions.ifGeneration(call, target);
        return new Asked<>(call, way, target, declaration, ifGeneration);
    }

    /** What a call asks for. */
    public record Asked<I, S>(
            Call call,
            Effects.Way way,
            Target target,
            Declaration<I, S> declaration,
            @Nullable Long ifGeneration) {

        /** As good as this instance's view can tell; only the recorder knows. */
        public void requireGeneration() {
            long now = target.shown()
                    .filter(shown -> !shown.withdrawn())
                    .map(Target.Shown::generation)
                    .orElse(0L);
            if (ifGeneration != null && ifGeneration != now) {
                throw new ProblemException(
                        way == Effects.Way.POST ? Problem.Kind.EXISTS : Problem.Kind.GENERATION_MISMATCH,
                        "The %s has the generation %d; %d is expected.".formatted(target.what(), now, ifGeneration));
            }
        }
    }

    /** Declares something. */
    public <I, S> CompletionStage<Response> declare(Effects.Way way, Declarable<I, S> sort, Place place, byte[] body) {
        return declare(sort, read(way, sort, place, body));
    }

    /** Declares what was read. */
    public <I, S> CompletionStage<Response> declare(Declarable<I, S> sort, Asked<I, S> asked) {
        Declaration<I, S> declaration = asked.declaration();
        Request request =
                sort.declare().request(RequestIds.next(), declaration.id(), asked.ifGeneration(), declaration.spec());
        return effects.declare(
                        asked.way(), asked.target(), request, asked.call().patience())
                .thenApply(effect -> answer(asked.call(), asked.target(), effect));
    }

    /** Withdraws something. */
    public <I> CompletionStage<Response> withdraw(Declarable<I, ?> sort, I id) {
        reads.requireLoaded();
        Call call = calls.current();
        Target target = sort.target().apply(id);
        Request request = sort.withdraw().request(RequestIds.next(), id, Conditions.ifGeneration(call, target));
        return effects.withdraw(target, request, call.patience()).thenApply(effect -> answer(call, target, effect));
    }

    private Response answer(Call call, Target target, Effect effect) {
        Response.ResponseBuilder builder = Response.status(effect.status());
        if (effect.status() != 204) {
            Optional<Target.Shown> shown = target.shown();
            if (shown.isPresent()) {
                reads.tagged(reads.body(builder, call, shown.get().body().get()), shown.get());
            } else {
                builder.header(HttpHeaders.ETAG, "\"%d\"".formatted(effect.generation()));
            }
        }
        if (effect.created()) {
            builder.header(HttpHeaders.LOCATION, target.location());
        }
        return preferred(builder, call.patience()).build();
    }

    private static Response.ResponseBuilder preferred(Response.ResponseBuilder builder, Optional<Duration> patience) {
        patience.ifPresent(wait -> builder.header("Preference-Applied", "wait=" + wait.toSeconds()));
        return builder;
    }
}
