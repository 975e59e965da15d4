package io.vlink.events.statuses;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.paths.AttachmentReason;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.reasons.Reason;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.schema.Known;
import io.vlink.events.text.Word;
import java.time.Instant;

/**
 * One condition of a network, in the manner of Kubernetes conditions.
 *
 * @param type the subject of the condition; readers ignore an unknown type, or show it as it is
 * @param status whether it holds
 * @param reason one word in CamelCase, stable, for programs; reasons of other services are passed on unchanged
 * @param message for people, with names and numbers
 * @param observedGeneration the network's generation that this refers to
 * @param lastTransitionTime when {@code status} last changed
 */
public record Condition(
        @Known(Type.class) String type,
        Truth status,

        @Known({
            ConditionReason.class,
            RefusalReason.class,
            ImpairmentReason.class,
            AttachmentReason.class,
            RuleStateReason.class
        })
        String reason,

        String message,
        long observedGeneration,
        Instant lastTransitionTime) {

    public Condition(
            Type type,
            Truth status,
            String reason,
            String message,
            long observedGeneration,
            Instant lastTransitionTime) {
        this(type.word(), status, reason, message, observedGeneration, lastTransitionTime);
    }

    /** Whether it is a condition of this type. */
    public boolean is(Type asked) {
        return type.equals(asked.word());
    }

    /** Whether it has this reason. */
    public boolean is(Reason asked) {
        return reason.equals(asked.word());
    }

    /** The conditions that flow-service reports. */
    public enum Type implements Word {
        /** The declared path was validated, admitted and reserved. */
        ACCEPTED,
        /** Both ends have an attachment whose port is known. */
        ATTACHED,
        /** Every switch confirmed the rules. */
        PROGRAMMED,
        /** Traffic passes as declared. */
        READY,
        /**
         * A switch of the path has lost its controller; the other conditions are as last known. Only present when True.
         */
        CONTROL_LOST;

        private final String word = Word.of(name());

        @Override
        public String word() {
            return word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Whether a condition holds. */
    public enum Truth {
        @JsonProperty("True")
        TRUE,
        @JsonProperty("False")
        FALSE,
        @JsonProperty("Unknown")
        UNKNOWN
    }
}
