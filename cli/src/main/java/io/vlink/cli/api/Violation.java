package io.vlink.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A violation in a request.
 *
 * @param field JSON path of the field; empty: the whole document
 * @param reason machine-readable reason, one word
 * @param message human-readable message
 */
public record Violation(String field, String reason, String message) {

    /** Reads a member {@code violations}; returns none if it is missing. */
    public static List<Violation> in(JsonNode violations) {
        List<Violation> read = new ArrayList<>();
        violations.forEach(one -> read.add(new Violation(
                one.path("field").asText(),
                one.path("reason").asText(),
                one.path("message").asText())));
        return List.copyOf(read);
    }
}
