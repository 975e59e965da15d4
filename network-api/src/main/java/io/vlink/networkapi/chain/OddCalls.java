package io.vlink.networkapi.chain;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.RawAnswers;
import jakarta.inject.Singleton;

/**
 * Refuses calls without a Host header (HTTP/1.0 does not require one, but code that reads a URL does), paths with
 * parameters ({@code ;name=value}), since none are defined, and compressed bodies. The framework would fail on these or
 * ignore them.
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
            answers.problem(context, Problem.ProblemType.BAD_REQUEST, "The header Host is missing. Send it.");
        } else if (String.valueOf(context.request().path()).indexOf(';') >= 0) {
            answers.problem(
                    context,
                    Problem.ProblemType.BAD_REQUEST,
                    "The path has a semicolon. No path has parameters here, so leave it out.");
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            answers.problem(
                    context,
                    Problem.ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "The header Content-Encoding is %s. Send the body without encoding.".formatted(encoding));
        } else {
            context.next();
        }
    }
}
