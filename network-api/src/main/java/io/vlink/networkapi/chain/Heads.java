package io.vlink.networkapi.chain;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.rest.Problem;
import io.vlink.networkapi.rest.RawAnswers;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Refuses with a {@link Problem} a call whose first line or headers are too long. The framework would do so without a word;
 * it is told to let through eight times as much ({@code quarkus.http.limits}), so that this comes first.
 */
@Singleton
final class Heads implements Handler<RoutingContext> {

    /** How long a URL may be, as characters of its encoded form. */
    static final int MAX_URL = 8 * 1024;

    /** How long all names and values of headers may be together, in characters. */
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
                    Problem.Kind.URL_TOO_LONG,
                    "The URL has %d characters; at most %d are accepted.".formatted(url, MAX_URL));
            return;
        }
        int headers = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            headers += header.getKey().length() + header.getValue().length();
        }
        if (headers > MAX_HEADERS) {
            answers.problem(
                    context,
                    Problem.Kind.HEADERS_TOO_LARGE,
                    "The headers have %d characters; at most %d are accepted.".formatted(headers, MAX_HEADERS));
            return;
        }
        context.next();
    }
}
