package io.vlink.networkapi.rest;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vlink.networkapi.messaging.UnansweredException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a call early into a {@link Problem}. */
@Singleton
final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int RETRY_AFTER_SECONDS = 1;

    private final CurrentVertxRequest current;
    private final Representations representations;

    Problems(CurrentVertxRequest current, Representations representations) {
        this.current = current;
        this.representations = representations;
    }

    @ServerExceptionMapper
    Response on(ProblemException e) {
        return response(Problem.of(e.kind(), e.detail(), e.violations(), path()));
    }

    @ServerExceptionMapper
    Response on(UnansweredException e) {
        return response(Problem.of(
                Problem.Kind.UNAVAILABLE,
                "It is not known whether it was recorded. Every write but POST can be repeated without harm.",
                List.of(),
                path()));
    }

    @ServerExceptionMapper
    Response on(WebApplicationException e) {
        Response response = e.getResponse();
        int status = response.getStatus();
        Problem.Kind kind = Problem.Kind.of(status);
        String message = e.getMessage() == null ? response.getStatusInfo().getReasonPhrase() : e.getMessage();
        return response(Problem.of(kind, status, words(kind, message), List.of(), path()));
    }

    @ServerExceptionMapper
    Response on(Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return switch (cause) {
            case ProblemException problem -> on(problem);
            case UnansweredException unanswered -> on(unanswered);
            case IOException broken -> { // while the body was read: it is too large, or the caller is gone
                LOG.debugf("A body was not read to its end: path=%s reason=%s", path(), broken.getMessage());
                yield response(Problem.of(Problem.Kind.TOO_LARGE, Representations.TOO_LARGE, List.of(), path()));
            }
            default -> {
                LOG.errorf(cause, "A call failed: path=%s", path());
                yield response(
                        Problem.of(Problem.Kind.INTERNAL, "The service failed; its log says why.", List.of(), path()));
            }
        };
    }

    private String words(Problem.Kind kind, String message) {
        return switch (kind) {
            case NOT_FOUND -> "Nothing is served at this path; /q/openapi lists what is.";
            case METHOD_NOT_ALLOWED ->
                "The method %s is not offered here.".formatted(request().method());
            case NOT_ACCEPTABLE -> "Offered are application/json and application/yaml.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "Send application/json or application/yaml (text/yaml and application/x-yaml are understood, too).";
            case TOO_LARGE -> Representations.TOO_LARGE;
            case MALFORMED, BAD_REQUEST, EXISTS, CONFLICT, GENERATION_MISMATCH, INVALID, INTERNAL, UNAVAILABLE, OTHER ->
                message;
        };
    }

    private Response response(Problem problem) {
        Response.ResponseBuilder builder = Response.status(problem.status())
                .entity(representations.json(problem))
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        switch (problem.status()) {
            case 405 -> builder.header(HttpHeaders.ALLOW, Allowed.at(path()));
            case 503 -> builder.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            default -> {
                // no further header
            }
        }
        return builder.build();
    }

    private String path() {
        String path = request().path();
        return path == null ? "" : path;
    }

    private HttpServerRequest request() {
        return current.getCurrent().request();
    }
}
