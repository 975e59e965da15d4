package io.vlink.networkapi.chain;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.RawAnswers;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Refuses calls with a first line or headers that are too long, with a {@link Problem}. The framework would refuse them
 * with an empty body; its own limit ({@code quarkus.http.limits}) is eight times as high, and this one applies first.
 */
@Singleton
final class Heads implements Handler<RoutingContext> {

    /** The longest URL accepted, in characters of its encoded form. */
    static final int MAX_URL = 8 * 1024;

    /** The most characters accepted in all header names and values together. */
    static final int MAX_HEADERS = 16 * 1024;

    private final RawAnswers answers;

    Heads(RawAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        int url = request.uri().length();
        if (url > MAX_URL) {
            answers.problem(
                    context,
                    Problem.ProblemType.URL_TOO_LONG,
                    "The URL has %d characters. It may have at most %d.".formatted(url, MAX_URL));
            return;
        }
        int headers = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            headers += header.getKey().length() + header.getValue().length();
        }
        if (headers > MAX_HEADERS) {
            answers.problem(
                    context,
                    Problem.ProblemType.HEADERS_TOO_LARGE,
                    "The headers have %d characters. They may have at most %d together."
                            .formatted(headers, MAX_HEADERS));
            return;
        }
        context.next();
    }
}
