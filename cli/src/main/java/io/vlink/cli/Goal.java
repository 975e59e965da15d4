package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code wait} waits for, and whether a resource is so. */
sealed interface Goal {

    /** Traffic passes, or the switch is connected. */
    record Ready() implements Goal {}

    /** It is gone, also from the switches. */
    record Deleted() implements Goal {}

    /** A condition of a network has a status. */
    record HasCondition(String type, String status) implements Goal {}

    /**
     * Reads the value of {@code --for}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Goal of(String written) {
        String[] words = written.split("=", -1);
        boolean condition = words.length > 1 && words[0].equals("condition") && !words[1].isBlank();
        if (condition && words.length <= 3 && !words[words.length - 1].isBlank()) {
            return new HasCondition(words[1], words.length == 2 ? "True" : words[2]);
        }
        return switch (written) {
            case "ready" -> new Ready();
            case "delete", "deleted" -> new Deleted();
            default ->
                throw new IllegalArgumentException(
                        "--for must be ready, delete or condition=TYPE[=STATUS], not '%s'.".formatted(written));
        };
    }

    /**
     * Returns whether the goal is reached.
     *
     * @param item the resource as network-api shows it; null if it does not exist
     */
    default Outcome judge(Reference reference, @Nullable JsonNode item) {
        return switch (this) {
            case Deleted deleted ->
                item == null
                        ? new Outcome.Done("%s is deleted".formatted(reference))
                        : new Outcome.Pending(
                                "%s %s".formatted(reference, isWithdrawn(item) ? "is being removed" : "still exists"));
            case Ready ready ->
                item == null ? new Outcome.Pending("%s does not exist.".formatted(reference)) : ready(reference, item);
            case HasCondition has ->
                item == null
                        ? new Outcome.Pending("%s does not exist.".formatted(reference))
                        : condition(reference, item, has);
        };
    }

    private static Outcome ready(Reference reference, JsonNode item) {
        JsonNode status = item.path("status");
        return switch (reference.kind()) {
            case NETWORK -> network(reference, item);
            case ATTACHMENT ->
                status.path("holds").asBoolean()
                        ? new Outcome.Done("%s holds its end".formatted(reference))
                        : Outcome.attachment(reference, false, status);
            case NODE -> state(reference, status.path("state").asText("unknown"), "connected");
            case LINK ->
                state(
                        reference,
                        status.isMissingNode() ? "unknown" : status.path("up").asBoolean() ? "up" : "down",
                        "up");
            case SWITCH -> state(reference, item.path("state").asText("unknown"), "connected");
            case SERVICE -> state(reference, item.path("state").asText("unknown"), "present");
        };
    }

    private static Outcome state(Reference reference, String state, String wanted) {
        String words = "%s is %s".formatted(reference, state);
        return state.equals(wanted) ? new Outcome.Done(words) : new Outcome.Pending(words);
    }

    private static Outcome network(Reference reference, JsonNode item) {
        JsonNode status = item.path("status");
        if (isWithdrawn(item)) {
            return new Outcome.Refused("%s is being removed".formatted(reference), List.of());
        }
        if (!isOfThisGeneration(item)) { // also a refusal would be that of an earlier declaration
            return new Outcome.Pending("%s is not decided since its last change".formatted(reference));
        }
        boolean refused = !status.path("violations").isEmpty()
                || Outcome.condition(status, "Accepted").path("status").asText().equals("False");
        boolean ready =
                Outcome.condition(status, "Ready").path("status").asText().equals("True");
        return Outcome.network(reference, ready && !refused, status); // a refused edit may leave the earlier one Ready
    }

    private static Outcome condition(Reference reference, JsonNode item, HasCondition has) {
        JsonNode found = MissingNode.getInstance();
        for (JsonNode condition : item.at("/status/conditions")) {
            if (condition.path("type").asText().equalsIgnoreCase(has.type())) {
                found = condition;
            }
        }
        String type = found.path("type").asText(has.type());
        String status = found.path("status").asText("unset");
        return isOfThisGeneration(item) && status.equalsIgnoreCase(has.status())
                ? new Outcome.Done("%s has the condition %s=%s".formatted(reference, type, status))
                : new Outcome.Pending(
                        "%s has the condition %s=%s%s".formatted(reference, type, status, Outcome.why(found)));
    }

    private static boolean isOfThisGeneration(JsonNode network) {
        return network.at("/status/observedGeneration").asLong()
                >= network.path("generation").asLong();
    }

    private static boolean isWithdrawn(JsonNode item) {
        return item.path("withdrawn").asBoolean();
    }

    /** Returns whether resources of a kind can reach the goal. */
    default boolean isFor(Kind kind) {
        return !(this instanceof HasCondition) || kind == Kind.NETWORK;
    }
}
