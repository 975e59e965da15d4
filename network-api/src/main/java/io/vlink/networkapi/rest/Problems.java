package io.vlink.networkapi.rest;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns whatever ends a call early into a {@link Problem}. */
@Singleton
final class Problems {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(Problems.class);

    private final CurrentVertxRequest current;
    private final Documents documents;

    Problems(CurrentVertxRequest current, Documents documents) {
        this.current = current;
        this.documents = documents;
    }

    @ServerExceptionMapper
    Response on(ProblemException e) {
        return response(Problem.of(e.kind(), e.detail(), e.violations(), instance()), null);
    }

    @ServerExceptionMapper
    Response on(TimeoutException e) {
        return unavailable();
    }

    @ServerExceptionMapper
    Response on(WebApplicationException e) {
        Response response = e.getResponse();
        int status = response.getStatus();
        Problem.Kind kind = Problem.Kind.of(status);
        String message = e.getMessage() == null ? response.getStatusInfo().getReasonPhrase() : e.getMessage();
        return response(Problem.of(kind, status, words(kind, message), List.of(), instance()), response);
    }

    @ServerExceptionMapper
    Response on(Throwable e) {
        if (e instanceof CompletionException && e.getCause() instanceof ProblemException problem) {
            return on(problem);
        }
        if (e instanceof CompletionException && e.getCause() instanceof TimeoutException) {
            return unavailable();
        }
        LOG.errorf(e, "A call failed: path=%s", instance());
        return response(
                Problem.of(Problem.Kind.INTERNAL, "The service failed; its log says why.", List.of(), instance()),
                null);
    }

    private String words(Problem.Kind kind, String message) {
        return switch (kind) {
            case NOT_FOUND -> "Nothing is served at this path; /q/openapi lists what is.";
            case METHOD_NOT_ALLOWED -> "The method %s is not offered here.".formatted(method());
            case NOT_ACCEPTABLE -> "Offered are application/json and application/yaml.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "Send application/json or application/yaml (text/yaml and application/x-yaml are understood, too).";
            case MALFORMED,
                    BAD_REQUEST,
                    EXISTS,
                    CONFLICT,
                    GENERATION_MISMATCH,
                    TOO_LARGE,
                    INVALID,
                    INTERNAL,
                    UNAVAILABLE,
                    OTHER -> message;
        };
    }

    private Response unavailable() {
        return response(
                Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        "It is not known whether it was recorded. All writes but POST can be repeated without harm.",
                        List.of(),
                        instance()),
                null);
    }

    private Response response(Problem problem, @Nullable Response original) {
        Response.ResponseBuilder builder = Response.status(problem.status())
                .entity(documents.json(problem))
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        if (problem.status() == 503) {
            builder.header(HttpHeaders.RETRY_AFTER, 1);
        }
        if (original != null && original.getHeaderString(HttpHeaders.ALLOW) != null) {
            builder.header(HttpHeaders.ALLOW, original.getHeaderString(HttpHeaders.ALLOW));
        }
        return builder.build();
    }

    private @Nullable String instance() {
        return current.getCurrent().request().path();
    }

    private String method() {
        return current.getCurrent().request().method().name();
    }
}
