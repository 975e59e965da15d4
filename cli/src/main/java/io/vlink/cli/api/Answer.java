package io.vlink.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What network-api answered to one call.
 *
 * @param entityTag the generation, as it is written in {@code ETag}; absent where the answer has none
 * @param contentType absent where there is no body
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

    /** The body as a tree; a missing node where there is none. */
    public JsonNode tree() {
        return body.length == 0 ? MissingNode.getInstance() : Json.read(body);
    }

    /** Whether the body says why the call was not granted (RFC 9457). */
    boolean isProblem() {
        return contentType != null && contentType.startsWith("application/problem+json");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
