package io.vlink.networkapi.chain;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.rest.Problem;
import io.vlink.networkapi.rest.RawAnswers;
import jakarta.inject.Singleton;

/**
 * Refuses calls that name no host, which HTTP/1.0 does not demand but whoever reads a URL does, paths with parameters
 * ({@code ;name=value}), of which there are none, and compressed bodies: the framework would fail, or pass over it.
 */
@Singleton
final class OddCalls implements Handler<RoutingContext> {

    private final RawAnswers answers;

    OddCalls(RawAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void handle(RoutingContext context) {
        String encoding = context.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (context.request().authority() == null) {
            answers.problem(context, Problem.Kind.BAD_REQUEST, "The header Host is missing.");
        } else if (String.valueOf(context.request().path()).indexOf(';') >= 0) {
            answers.problem(
                    context,
                    Problem.Kind.BAD_REQUEST,
                    "The path: no part of it has parameters, so there must be no semicolon.");
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            answers.problem(
                    context,
                    Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
                    "The header Content-Encoding (%s): a body must be sent as it is.".formatted(encoding));
        } else {
            context.next();
        }
    }
}
