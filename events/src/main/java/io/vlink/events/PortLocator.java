package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A user's reference to a port of a switch: by name, which is usual since numbers change when a switch restarts, or by
 * number. A text of digits only is a number.
 */
public record PortLocator(String text) {

    public PortLocator {
        if (text.isEmpty() || text.length() > 64 || !isPrintable(text)) {
            throw new IllegalArgumentException(
                    "The port (%s) must be a port name of 1 to 64 printable characters, or a port number."
                            .formatted(text));
        }
        if (isDigits(text)) {
            if (text.length() > 10) {
                throw new IllegalArgumentException(
                        "The port number (%s) must be between 1 and %d.".formatted(text, PortNumber.MAX));
            }
            new PortNumber(Long.parseLong(text));
        }
    }

    @JsonCreator
    public static PortLocator of(Object nameOrNumber) {
        return new PortLocator(String.valueOf(nameOrNumber));
    }

    public boolean isNumber() {
        return isDigits(text);
    }

    /**
     * Returns the text as a number.
     *
     * @throws NumberFormatException if it is a name
     */
    public PortNumber number() {
        return new PortNumber(Long.parseLong(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }

    /** Whether a text, such as the name that a switch gives a port, reads as a number. */
    public static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '/' || c > '~') {
                return false;
            }
        }
        return true;
    }
}
