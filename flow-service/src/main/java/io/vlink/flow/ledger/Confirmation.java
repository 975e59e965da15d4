package io.vlink.flow.ledger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a switch made of the last rule set that was written for it. */
public sealed interface Confirmation {

    /** The switch holds it, or never had anything of this network and is to have nothing. */
    record Applied() implements Confirmation {}

    /**
     * The switch did not take it.
     *
     * @param reason one word in CamelCase
     * @param message the switch's own words
     */
    record Failed(String reason, String message) implements Confirmation {

        private static final Pattern REASON = Pattern.compile("([A-Z][a-z]+[A-Z][A-Za-z]+): (.+)", Pattern.DOTALL);

        /** Of an error as the gateway reports it: a reason and a colon before the words, where it has one. */
        static Failed of(@Nullable String error) {
            if (error == null) {
                return new Failed("SwitchError", "it gave no reason");
            }
            Matcher reasoned = REASON.matcher(error);
            return reasoned.matches()
                    ? new Failed(reasoned.group(1), reasoned.group(2))
                    : new Failed("SwitchError", error);
        }

        /** Whether the switch was not even asked. */
        boolean isRefusal() {
            return reason.equals("SwitchRefused");
        }
    }

    /** Nothing was heard yet. */
    record Pending() implements Confirmation {}
}
