package io.vlink.networkapi.rest;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.http.Representations;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps exceptions to problem+json. */
@Singleton
final class ExceptionMappers {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final CurrentVertxRequest current;
    private final Representations representations;

    ExceptionMappers(CurrentVertxRequest current, Representations representations) {
        this.current = current;
        this.representations = representations;
    }

    @ServerExceptionMapper
    Response on(WebApplicationException e) {
        Response response = e.getResponse();
        int status = response.getStatus();
        Problem.ProblemType kind = Problem.ProblemType.of(status);
        String message = e.getMessage() == null ? response.getStatusInfo().getReasonPhrase() : e.getMessage();
        return response(Problem.of(kind, status, words(kind, message), List.of(), path()));
    }

    @ServerExceptionMapper({ProblemException.class, Throwable.class})
    Response on(Throwable e) {
        return response(Failures.problem(e, path()));
    }

    private String words(Problem.ProblemType kind, String message) {
        return switch (kind) {
            case NOT_FOUND ->
                OtherApi.instead(request().method().name(), path())
                        .orElse("Nothing is served at this path. /q/openapi lists the paths.");
            case METHOD_NOT_ALLOWED ->
                "This path does not support %s.".formatted(request().method());
            case NOT_ACCEPTABLE -> "Accept application/json or application/yaml.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "Send application/json or application/yaml (text/yaml and application/x-yaml are accepted, too).";
            case TOO_LARGE -> Representations.TOO_LARGE;
            case MALFORMED,
                    BAD_REQUEST,
                    UNAUTHENTICATED,
                    SLOW,
                    EXISTS,
                    CONFLICT,
                    GENERATION_MISMATCH,
                    INVALID,
                    URL_TOO_LONG,
                    HEADERS_TOO_LARGE,
                    INTERNAL,
                    UNAVAILABLE,
                    TIMEOUT,
                    OTHER -> message;
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
