package io.vlink.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * The reason why a call was refused.
 *
 * @param status the HTTP status
 * @param summary human-readable summary in one sentence
 * @param violations all violations in the request
 */
public record Problem(int status, String summary, List<Violation> violations) {

    private static final Map<Integer, String> WORDS = Map.of(
            401, "authentication is required",
            403, "access is denied",
            404, "nothing is served at this path; check that the address is that of network-api",
            408, "the call took too long to arrive",
            429, "too many calls",
            500, "the server failed; see its log",
            502, "a proxy on the way got no valid answer from it",
            503, "it is not available now",
            504, "a proxy on the way got no answer from it in time");

    private static final int LONGEST_EXCERPT = 200;

    /** Reads the answer to a refused call, from network-api or from a proxy on the way. */
    static Problem of(Answer answer) {
        if (answer.isProblem()) {
            JsonNode body = answer.tree();
            List<Violation> violations = Violation.in(body.path("violations"));
            String title = body.path("title").asText("The call was refused");
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
