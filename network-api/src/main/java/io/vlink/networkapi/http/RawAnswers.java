package io.vlink.networkapi.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers calls without resource methods: streams, and calls refused before they reach a resource. */
@Singleton
public final class RawAnswers {

    private static final int UNAVAILABLE = 503;

    private final Representations representations;

    public RawAnswers(Representations representations) {
        this.representations = representations;
    }

    public void problem(RoutingContext context, Problem.ProblemType kind, String detail) {
        String path = context.request().path();
        problem(context, Problem.of(kind, detail, List.of(), path == null ? "" : path));
    }

    /** Answers with a problem, unless the call is already answered or closed. */
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

    /** Answers 405 with the supported methods. */
    public void methodNotAllowed(RoutingContext context, String allowed) {
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        problem(
                context,
                Problem.ProblemType.METHOD_NOT_ALLOWED,
                "This path does not support %s; it supports %s."
                        .formatted(context.request().method(), allowed));
    }

    /** Returns a document of another service, rewritten with well-formed text. */
    public byte[] rewritten(byte[] document) {
        return representations.rewritten(document);
    }

    public Buffer json(Object value) {
        return Buffer.buffer(representations.json(value));
    }
}
