package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import org.jspecify.annotations.Nullable;

/** The frames that a rule applies to. In JSON an object with the fields of its kind, or {@code "all"}. */
public sealed interface Match {

    /**
     * Frames that arrive at a port.
     *
     * @param label the tag that the frame must have; absent: any frame that arrives at the port
     */
    record AtPort(PortNumber inPort, @Nullable Label label) implements Match {}

    /** Every frame. */
    enum All implements Match {
        /** All frames. */
        @JsonProperty("all")
        FRAMES;

        @Override
        public @Nullable PortNumber inPort() {
            return null;
        }

        @Override
        public @Nullable Label label() {
            return null;
        }
    }

    /** The only port that it applies to; null: any. */
    @Nullable PortNumber inPort();

    /** The tag that the frame must have; null: any, or none. */
    @Nullable Label label();

    /**
     * Reads the object form.
     *
     * @throws IllegalArgumentException if the port is missing: such a rule must not become one for all frames
     */
    @JsonCreator
    static Match of(@JsonProperty("inPort") @Nullable PortNumber inPort, @JsonProperty("label") @Nullable Label label) {
        if (inPort == null) {
            throw new IllegalArgumentException("The match has no inPort; a match of all frames must be \"all\".");
        }
        return new AtPort(inPort, label);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is not {@code all}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Match of(String word) {
        if (!word.equals("all")) {
            throw new IllegalArgumentException("The match (%s) must be an object, or \"all\".".formatted(word));
        }
        return All.FRAMES;
    }
}
