package io.vlink.operator.wish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A request for {@code vlink.requests}, written as anybody may write it: what a user wrote is passed on as it stands, to
 * be read and checked at the one place where that is done.
 *
 * @param id the whole key of what is asked for, such as {@code overlay/namespace/name}
 * @param ifGeneration the generation that must be recorded now (0: none); absent: any
 * @param spec absent where something is withdrawn
 */
public record Wish(
        Verb verb,
        String id,
        @Nullable Long ifGeneration,
        @Nullable JsonNode spec) {

    /** What is asked. */
    public enum Verb {
        DeclareNode,
        WithdrawNode,
        DeclareLink,
        WithdrawLink,
        DeclareNetwork,
        WithdrawNetwork,
        DeclareAttachment,
        WithdrawAttachment;

        /** The kind of thing: what two verbs have in common. */
        String kind() {
            return name().replaceFirst("Declare|Withdraw", "");
        }
    }

    public static Wish declare(Verb verb, String id, @Nullable Long ifGeneration, JsonNode spec) {
        return new Wish(verb, id, ifGeneration, spec);
    }

    public static Wish withdraw(Verb verb, String id) {
        return new Wish(verb, id, null, null);
    }

    public String overlay() {
        return id.substring(0, id.indexOf('/'));
    }

    /** What it is about: at most one wish for each subject is open. */
    public String subject() {
        return verb.kind() + " " + id;
    }

    /** Whether both ask for the same, whatever was recorded when they were made. */
    public boolean sameAs(Wish other) {
        return verb == other.verb
                && id.equals(other.id)
                && (spec == null ? other.spec == null : spec.equals(other.spec));
    }

    /**
     * As it stands on Kafka.
     *
     * @param of the resource that it is asked for; absent: it is not told
     */
    public ObjectNode request(String requestId, @Nullable OnBehalf of) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("type", verb.name()).put("requestId", requestId).put("id", id);
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
