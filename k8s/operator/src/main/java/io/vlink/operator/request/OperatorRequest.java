package io.vlink.operator.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.text.Word;
import org.jspecify.annotations.Nullable;

/**
 * A request for {@code vlink.requests}. It contains the user's text unchanged: network-api alone reads and validates
 * it.
 *
 * @param id the full key of the subject, such as {@code overlay/namespace/name}
 * @param ifGeneration the generation that must be recorded now (0: none); null: any
 * @param spec null in a withdrawal
 */
public record OperatorRequest(
        Verb verb,
        String id,
        @Nullable Long ifGeneration,
        @Nullable JsonNode spec) {

    /** The type of a request. */
    public enum Verb implements Word {
        DECLARE_NODE,
        WITHDRAW_NODE,
        DECLARE_LINK,
        WITHDRAW_LINK,
        DECLARE_NETWORK,
        WITHDRAW_NETWORK,
        DECLARE_ATTACHMENT,
        WITHDRAW_ATTACHMENT;

        private final String word = Word.of(name());

        @Override
        public String word() {
            return word;
        }

        @Override
        public String toString() {
            return word;
        }

        /** Returns the kind of subject that the two verbs share. */
        String kind() {
            return word.replaceFirst("Declare|Withdraw", "");
        }
    }

    public static OperatorRequest declare(Verb verb, String id, @Nullable Long ifGeneration, JsonNode spec) {
        return new OperatorRequest(verb, id, ifGeneration, spec);
    }

    public static OperatorRequest withdraw(Verb verb, String id) {
        return new OperatorRequest(verb, id, null, null);
    }

    public String overlay() {
        return id.substring(0, id.indexOf('/'));
    }

    /** Returns the subject of the request: at most one request per subject is open. */
    public String subject() {
        return verb.kind() + " " + id;
    }

    /** Returns whether both ask for the same thing, regardless of {@code ifGeneration}. */
    public boolean sameAs(OperatorRequest other) {
        return verb == other.verb
                && id.equals(other.id)
                && (spec == null ? other.spec == null : spec.equals(other.spec));
    }

    /**
     * Returns the request as sent to Kafka.
     *
     * @param of the resource that the request is made for; null: left out
     */
    public ObjectNode request(String requestId, @Nullable OnBehalf of) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("type", verb.word()).put("requestId", requestId).put("id", id);
        if (ifGeneration != null) {
            request.put("ifGeneration", ifGeneration.longValue());
        }
        if (spec != null) {
            request.set("spec", spec);
        }
        if (of != null) {
            request.put("requestedBy", of.requestedBy());
        }
        return request;
    }
}
