package io.vlink.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * Why a call was not granted.
 *
 * @param status the HTTP status
 * @param summary for people, in one sentence
 * @param violations everything that is wrong with what was asked for
 */
public record Problem(int status, String summary, List<Violation> violations) {

    private static final Map<Integer, String> WORDS = Map.of(
            401, "it wants to know who is asking",
            403, "it does not let you do that",
            404, "it serves nothing at this path; is that network-api?",
            408, "it waited too long for the call",
            429, "it was asked too often",
            500, "it failed; its log says why",
            502, "a gateway on the way got no good answer from it",
            503, "it cannot serve now",
            504, "a gateway on the way got no answer from it in time");

    private static final int LONGEST_EXCERPT = 200;

    /** Reads the answer to a call that was not granted, whoever gave it: network-api, or a proxy on the way. */
    static Problem of(Answer answer) {
        if (answer.isProblem()) {
            JsonNode body = answer.tree();
            List<Violation> violations = Violation.in(body.path("violations"));
            String title = body.path("title").asText("The call was not granted");
            String detail = body.path("detail").asText("");
            return new Problem(
                    answer.status(),
                    !violations.isEmpty() || detail.isEmpty() ? title + "." : "%s: %s".formatted(title, detail),
                    violations);
        }
        String words = WORDS.get(answer.status());
        String excerpt = answer.text().strip();
        if (excerpt.length() > LONGEST_EXCERPT) {
            excerpt = excerpt.substring(0, LONGEST_EXCERPT) + "…";
        }
        return new Problem(
                answer.status(),
                "HTTP %d%s%s"
                        .formatted(
                                answer.status(),
                                words == null ? "" : ": " + words,
                                excerpt.isEmpty() || excerpt.startsWith("<") ? "" : ": " + excerpt),
                List.of());
    }
}
