package io.vlink.networkapi.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vlink.events.reasons.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a call failed (RFC 9457). Every error of this service has this form.
 *
 * @param type the kind of problem, for programs
 * @param title the kind of problem, for people
 * @param status the HTTP status
 * @param detail what is wrong in this case
 * @param instance the path that was called
 * @param violations all errors in the request; absent if the call failed before it was checked
 * @param reason what is known of the outcome of a write that got no answer in time, in one stable word; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        List<Violation> violations,
        @Nullable String reason) {

    /** The reason of a problem whose write may have been recorded, or may still be. */
    public static final String OUTCOME_UNKNOWN = "OutcomeUnknown";

    /** The reason of a problem whose write was not recorded and will not be. */
    public static final String NOT_RECORDED = "NotRecorded";

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        violations = List.copyOf(violations);
    }

    /** The kinds of problems. */
    public enum ProblemType {
        MALFORMED("malformed", "The document cannot be read", 400),
        BAD_REQUEST("bad-request", "The call is not valid", 400),
        UNAUTHENTICATED("unauthenticated", "The caller is not authenticated", 401),
        NOT_FOUND("not-found", "Not found", 404),
        METHOD_NOT_ALLOWED("method-not-allowed", "The path does not support the method", 405),
        NOT_ACCEPTABLE("not-acceptable", "The representation is not available", 406),
        SLOW("slow", "The call took too long to arrive", 408),
        EXISTS("exists", "It exists already", 409),
        CONFLICT("conflict", "It conflicts with what is recorded", 409),
        GENERATION_MISMATCH("generation-mismatch", "It has changed", 412),
        TOO_LARGE("too-large", "The document is too large", 413),
        URL_TOO_LONG("url-too-long", "The URL is too long", 414),
        UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "The media type is not supported", 415),
        INVALID("invalid", "The request cannot be granted", 422),
        HEADERS_TOO_LARGE("headers-too-large", "The headers are too large", 431),
        INTERNAL("internal", "The service failed", 500),
        TIMEOUT("timeout", "path-service did not answer in time", 504),
        UNAVAILABLE("unavailable", "Temporarily unavailable", 503),
        OTHER("http", "The call failed", 0);

        private final String slug;
        private final String title;
        private final int status;

        ProblemType(String slug, String title, int status) {
            this.slug = slug;
            this.title = title;
            this.status = status;
        }

        /** Returns the kind for an HTTP status of the framework. */
        public static ProblemType of(int status) {
            for (ProblemType kind : values()) {
                if (kind.status == status && kind != MALFORMED && kind != EXISTS) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    public static Problem of(ProblemType kind, String detail, List<Violation> violations, @Nullable String instance) {
        return of(kind, kind.status, detail, violations, instance);
    }

    public static Problem of(
            ProblemType kind, int status, String detail, List<Violation> violations, @Nullable String instance) {
        return new Problem("urn:vlink:problem:" + kind.slug, kind.title, status, detail, instance, violations, null);
    }

    /** Returns the same problem with a reason. */
    public Problem because(String word) {
        return new Problem(type, title, status, detail, instance, violations, word);
    }
}
