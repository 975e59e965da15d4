package io.vlink.networkapi.rest;

import io.vlink.networkapi.messaging.NetworkLog;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Answers what the view shows. */
@Singleton
public final class Reads {

    /** What a list answers; an object, so that it can say more some day. */
    public record Items(List<?> items) {}

    private final NetworkLog log;
    private final Representations representations;

    Reads(NetworkLog log, Representations representations) {
        this.log = log;
        this.representations = representations;
    }

    public Response one(Call call, Target target) {
        requireLoaded();
        Target.Shown shown = target.shown()
                .orElseThrow(
                        () -> new ProblemException(Problem.Kind.NOT_FOUND, "There is no %s.".formatted(target.what())));
        return tagged(body(Response.ok(), call, shown.body()), shown).build();
    }

    public Response list(Call call, List<?> items) {
        requireLoaded();
        return body(Response.ok(), call, new Items(items)).build();
    }

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
