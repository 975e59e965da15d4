package io.vlink.networkapi.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers calls that are served without resource methods: streams, and what is refused before it comes to one. */
@Singleton
public final class RawAnswers {

    private static final int UNAVAILABLE = 503;

    private final Representations representations;

    RawAnswers(Representations representations) {
        this.representations = representations;
    }

    public void problem(RoutingContext context, Problem.Kind kind, String detail) {
        String path = context.request().path();
        problem(context, Problem.of(kind, detail, List.of(), path == null ? "" : path));
    }

    /** Answers with a problem, unless the call is answered already, or given up. */
    public void problem(RoutingContext context, Problem problem) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        if (problem.status() == UNAVAILABLE) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        var unused = context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(json(problem));
    }

    /** Says which methods there are. */
    public void methodNotAllowed(RoutingContext context, String allowed) {
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        problem(
                context,
                Problem.Kind.METHOD_NOT_ALLOWED,
                "%s is not offered here; %s is.".formatted(context.request().method(), allowed));
    }

    /** A document that came from elsewhere, written so that everybody can read it. */
    public byte[] rewritten(byte[] document) {
        return representations.rewritten(document);
    }

    public Buffer json(Object value) {
        return Buffer.buffer(representations.json(value));
    }
}
