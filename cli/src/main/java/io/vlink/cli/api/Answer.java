package io.vlink.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The answer of network-api to one call.
 *
 * @param entityTag the generation as in {@code ETag}; null if the answer has none
 * @param contentType null if there is no body
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Answer(
        int status, @Nullable String entityTag, @Nullable String contentType, byte[] body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean isNotFound() {
        return status == 404;
    }

    /** Returns the body as a tree; a missing node if there is none. */
    public JsonNode tree() {
        return body.length == 0 ? MissingNode.getInstance() : Json.read(body);
    }

    /** Returns whether the body is a problem that says why the call was refused (RFC 9457). */
    boolean isProblem() {
        return contentType != null && contentType.startsWith("application/problem+json");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
