package io.vlink.events.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import org.jspecify.annotations.Nullable;

/** Which frames a rule is for. In JSON an object with the fields of its kind, or {@code "all"}. */
public sealed interface Match {

    /**
     * Frames that come in at a port.
     *
     * @param label the tag that the frame must carry; absent: any frame that comes in at the port
     */
    record AtPort(PortNumber inPort, @Nullable Label label) implements Match {}

    /** Every frame. */
    enum All implements Match {
        /** Whatever comes. */
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

    /** The only port that it concerns; null: any. */
    @Nullable PortNumber inPort();

    /** The tag that the frame must carry; null: any, or none. */
    @Nullable Label label();

    /**
     * Reads the object form.
     *
     * @throws IllegalArgumentException if it does not say the port: a rule that lost it must not become one for every frame
     */
    @JsonCreator
    static Match of(@JsonProperty("inPort") @Nullable PortNumber inPort, @JsonProperty("label") @Nullable Label label) {
        if (inPort == null) {
            throw new IllegalArgumentException("The match has no inPort; of every frame it would be \"all\".");
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
