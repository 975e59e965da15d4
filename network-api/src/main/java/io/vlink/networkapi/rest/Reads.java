package io.vlink.networkapi.rest;

import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.view.Table;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers what the view shows. */
@Singleton
public final class Reads {

    /**
     * What a list answers.
     *
     * @param next where the next page begins, for {@code after}; absent: there is none
     */
    public record Items(List<?> items, @Nullable String next) {}

    private final NetworkLog log;
    private final Calls calls;
    private final Representations representations;

    Reads(NetworkLog log, Calls calls, Representations representations) {
        this.log = log;
        this.calls = calls;
        this.representations = representations;
    }

    public Response one(Target target) {
        requireLoaded();
        Target.Shown shown = target.shown()
                .orElseThrow(
                        () -> new ProblemException(Problem.Kind.NOT_FOUND, "There is no %s.".formatted(target.what())));
        return tagged(body(Response.ok(), calls.current(), shown.body().get()), shown)
                .build();
    }

    /**
     * Answers one page of a table.
     *
     * @param under what the keys begin with
     * @param wanted those to be shown
     */
    public <R> Response list(
            Paging paging, Table<R> table, String under, Predicate<R> wanted, Function<R, Object> show) {
        requireLoaded();
        Table.Page<R> page = table.page(under, paging.key(), paging.limit(), wanted);
        String next = page.next() == null ? null : Paging.token(page.next());
        Items items = new Items(page.records().stream().map(show).toList(), next);
        Response.ResponseBuilder builder = body(Response.ok(), calls.current(), items);
        if (next != null) {
            builder.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(calls.sameWith("after", next)));
        }
        return builder.build();
    }

    public Response of(Object value) {
        return of(calls.current(), value);
    }

    /** The same, once the call's thread went on. */
    public Response of(Call call, Object value) {
        return body(Response.ok(), call, value).build();
    }

    /** Before the view is loaded, what it does not show may exist all the same. */
    public void requireLoaded() {
        if (!log.isLoaded()) {
            throw new ProblemException(Problem.Kind.UNAVAILABLE, "What Kafka holds is not loaded yet.");
        }
    }

    Response.ResponseBuilder body(Response.ResponseBuilder builder, Call call, Object value) {
        return builder.entity(call.yaml() ? representations.yaml(value) : representations.json(value))
                .header(HttpHeaders.CONTENT_TYPE, call.yaml() ? MediaTypes.YAML : MediaTypes.JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    Response.ResponseBuilder tagged(Response.ResponseBuilder builder, Target.Shown shown) {
        return builder.header(HttpHeaders.ETAG, "\"%d\"".formatted(shown.generation()));
    }
}
