package io.vlink.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is wrong with what was asked for.
 *
 * @param field its JSON path; empty where it is about the whole
 * @param reason one word, for programs
 * @param message for people
 */
public record Violation(String field, String reason, String message) {

    /** Reads a member {@code violations}; none where it is absent. */
    public static List<Violation> in(JsonNode violations) {
        List<Violation> read = new ArrayList<>();
        violations.forEach(one -> read.add(new Violation(
                one.path("field").asText(),
                one.path("reason").asText(),
                one.path("message").asText())));
        return List.copyOf(read);
    }
}
