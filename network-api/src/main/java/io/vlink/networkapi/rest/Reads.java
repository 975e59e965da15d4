package io.vlink.networkapi.rest;

import io.vlink.networkapi.http.Call;
import io.vlink.networkapi.http.Calls;
import io.vlink.networkapi.http.MediaTypes;
import io.vlink.networkapi.http.Paging;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.http.Representations;
import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.view.RecordTable;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers reads from the view. */
@Singleton
public final class Reads {

    /**
     * The answer to a list.
     *
     * @param next value of {@code after} for the next page; null on the last page
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

    /**
     * Answers with one thing, or 304 if the caller knows its generation already: its declaration is the same then, its
     * status may be another.
     */
    public Response one(Target target) {
        requireLoaded();
        Target.CurrentState shown = target.shown()
                .orElseThrow(() -> new ProblemException(
                        Problem.ProblemType.NOT_FOUND, "There is no %s.".formatted(target.what())));
        Call call = calls.current();
        Response.ResponseBuilder builder = Preconditions.isKnown(call, shown.generation())
                ? headed(Response.notModified())
                : body(Response.ok(), call, shown.body().get());
        return tagged(builder, shown).build();
    }

    /**
     * Answers one page of a table.
     *
     * @param under prefix of the keys
     * @param wanted the filter
     */
    public <R> Response list(
            Paging paging, RecordTable<R> table, String under, Predicate<R> wanted, Function<R, Object> show) {
        requireLoaded();
        RecordTable.Page<R> page = table.page(under, paging.key(under), paging.limit(), wanted);
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

    /** Answers with a value after the call's thread has moved on. */
    public Response of(Call call, Object value) {
        return body(Response.ok(), call, value).build();
    }

    /**
     * Refuses the call until the view is loaded: until then, something may exist although the view does not show it.
     */
    public void requireLoaded() {
        if (!log.isLoaded()) {
            throw new ProblemException(
                    Problem.ProblemType.UNAVAILABLE, "The service is still loading its data from Kafka.");
        }
    }

    Response.ResponseBuilder body(Response.ResponseBuilder builder, Call call, Object value) {
        return headed(builder.entity(call.yaml() ? representations.yaml(value) : representations.json(value)))
                .header(HttpHeaders.CONTENT_TYPE, call.yaml() ? MediaTypes.YAML : MediaTypes.JSON);
    }

    private static Response.ResponseBuilder headed(Response.ResponseBuilder builder) {
        return builder.header(HttpHeaders.CACHE_CONTROL, "no-store").header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    Response.ResponseBuilder tagged(Response.ResponseBuilder builder, Target.CurrentState shown) {
        return builder.header(HttpHeaders.ETAG, "\"%d\"".formatted(shown.generation()));
    }
}
