package io.vlink.events.statuses;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * One thing that can be said of a network, in the manner of Kubernetes conditions.
 *
 * @param type what is said
 * @param status whether it holds
 * @param reason one word in CamelCase, stable, for programs
 * @param message for people, with names and numbers
 * @param observedGeneration the network's generation that this speaks of
 * @param lastTransitionTime when {@code status} last changed
 */
public record Condition(
        Type type, Truth status, String reason, String message, long observedGeneration, Instant lastTransitionTime) {

    /** What is said. */
    public enum Type {
        /** The declared path was validated, admitted and reserved. */
        Accepted,
        /** Both ends have an attachment whose port is known. */
        Attached,
        /** Every switch confirmed the rules. */
        Programmed,
        /** Traffic passes as declared. */
        Ready,
        /** A switch of the path has lost its controller; the others speak as last known. Only present when True. */
        ControlLost
    }

    /** Whether it holds. */
    public enum Truth {
        @JsonProperty("True")
        TRUE,
        @JsonProperty("False")
        FALSE,
        @JsonProperty("Unknown")
        UNKNOWN
    }
}
