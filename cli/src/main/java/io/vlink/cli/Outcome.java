package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.api.Answer;
import io.vlink.cli.api.Violation;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a declaration, read from the answer that network-api held until then. */
sealed interface Outcome {

    /** The HTTP status of an answer about something that is not so yet. */
    int STATUS_PENDING = 202;

    /** The resource is as declared. */
    record Done(String words) implements Outcome {}

    /** The declaration is refused for now. */
    record Refused(String words, List<Violation> violations) implements Outcome {}

    /** The declaration takes longer. */
    record Pending(String words) implements Outcome {}

    static Outcome of(Reference reference, Answer answer) {
        JsonNode status = answer.tree().path("status");
        return reference.kind() == Kind.NETWORK
                ? network(reference, answer.status() != STATUS_PENDING, status)
                : attachment(reference, answer.status() != STATUS_PENDING, status);
    }

    /**
     * Returns the outcome for a network.
     *
     * @param ready whether it is Ready
     */
    static Outcome network(Reference reference, boolean ready, JsonNode status) {
        if (ready) {
            return new Done("%s is Ready: %s".formatted(reference, way(status.path("forward"))));
        }
        List<Violation> violations = Violation.in(status.path("violations"));
        JsonNode accepted = condition(status, "Accepted");
        if (!violations.isEmpty() || accepted.path("status").asText().equals("False")) {
            return new Refused(
                    "%s is refused: %s"
                            .formatted(reference, accepted.path("reason").asText("it is not possible now")),
                    violations);
        }
        return new Pending("%s is %s%s"
                .formatted(reference, status.path("phase").asText("Pending"), why(condition(status, "Ready"))));
    }

    /**
     * Returns the outcome for an attachment.
     *
     * @param ready whether it holds its endpoint, and the network is Ready
     */
    static Outcome attachment(Reference reference, boolean ready, JsonNode status) {
        if (ready) {
            return new Done("%s is Ready".formatted(reference));
        }
        if (!status.isMissingNode() && !status.path("holds").asBoolean() && status.has("reason")) {
            return new Refused("%s is refused%s".formatted(reference, why(status)), List.of());
        }
        return new Pending("%s is not Ready%s".formatted(reference, why(status)));
    }

    static String why(JsonNode said) {
        return said.has("reason")
                ? ": %s: %s"
                        .formatted(
                                said.path("reason").asText(),
                                said.path("message").asText())
                : "";
    }

    private static String way(JsonNode nodes) {
        StringBuilder way = new StringBuilder();
        nodes.forEach(node -> way.append(way.isEmpty() ? "" : " → ").append(node.asText()));
        return way.toString();
    }

    static JsonNode condition(JsonNode status, String type) {
        @Nullable JsonNode found = null;
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                found = condition;
            }
        }
        return found == null ? status.path("nothing") : found;
    }
}
