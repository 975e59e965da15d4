package io.vlink.networkapi.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vlink.events.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a call was not granted (RFC 9457). Every error of this service has this shape.
 *
 * @param type names the kind of problem, for programs
 * @param title the same for people, without details
 * @param status the HTTP status
 * @param detail what is wrong this time
 * @param instance the path that was called
 * @param violations everything that is wrong with what was asked for; absent where the call did not come so far
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        List<Violation> violations) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        violations = List.copyOf(violations);
    }

    /** The kinds of problems. */
    public enum Kind {
        MALFORMED("malformed", "The document cannot be read", 400),
        BAD_REQUEST("bad-request", "The call is not understood", 400),
        UNAUTHENTICATED("unauthenticated", "Nobody knows who calls", 401),
        NOT_FOUND("not-found", "There is no such thing", 404),
        METHOD_NOT_ALLOWED("method-not-allowed", "The method is not offered here", 405),
        NOT_ACCEPTABLE("not-acceptable", "There is no such representation", 406),
        EXISTS("exists", "It exists already", 409),
        CONFLICT("conflict", "It contradicts what is recorded", 409),
        GENERATION_MISMATCH("generation-mismatch", "It has changed", 412),
        TOO_LARGE("too-large", "The document is too large", 413),
        URL_TOO_LONG("url-too-long", "The URL is too long", 414),
        UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "The media type is not understood", 415),
        INVALID("invalid", "What is asked for cannot be granted", 422),
        HEADERS_TOO_LARGE("headers-too-large", "The headers are too large", 431),
        INTERNAL("internal", "The service failed", 500),
        TIMEOUT("timeout", "path-service did not answer in time", 504),
        UNAVAILABLE("unavailable", "Not available now", 503),
        OTHER("http", "The call was not granted", 0);

        private final String slug;
        private final String title;
        private final int status;

        Kind(String slug, String title, int status) {
            this.slug = slug;
            this.title = title;
            this.status = status;
        }

        /** The kind of a status that the framework gave. */
        static Kind of(int status) {
            for (Kind kind : values()) {
                if (kind.status == status && kind != MALFORMED && kind != EXISTS) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    static Problem of(Kind kind, String detail, List<Violation> violations, @Nullable String instance) {
        return of(kind, kind.status, detail, violations, instance);
    }

    static Problem of(Kind kind, int status, String detail, List<Violation> violations, @Nullable String instance) {
        return new Problem("urn:vlink:problem:" + kind.slug, kind.title, status, detail, instance, violations);
    }
}
