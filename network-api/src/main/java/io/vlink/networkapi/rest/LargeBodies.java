package io.vlink.networkapi.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vlink.networkapi.reading.Documents;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Refuses a document that says itself that it is too large, before any of it is read, with a {@link Problem}. */
final class LargeBodies {

    /** Before Quarkus closes the connection without a word. */
    private static final int FIRST = Integer.MIN_VALUE + 1;

    private final Representations representations;

    LargeBodies(Representations representations) {
        this.representations = representations;
    }

    void install(@Observes Router router) {
        router.route("/v1/*").order(FIRST).handler(this::checkLength);
    }

    private void checkLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !isTooLarge(length)) {
            context.next();
            return;
        }
        Problem problem = Problem.of(
                Problem.Kind.TOO_LARGE,
                Representations.TOO_LARGE,
                List.of(),
                context.request().path());
        var unused = context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(new String(representations.json(problem), StandardCharsets.UTF_8));
    }

    private static boolean isTooLarge(String length) {
        return length.length() > 9 || (length.matches("[0-9]+") && Integer.parseInt(length) > Documents.MAX_BYTES);
    }
}
