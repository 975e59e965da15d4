package io.vlink.events.text;

/**
 * The form of the names of overlays, nodes, links, namespaces, networks and attachments: an RFC 1123 subdomain, as in
 * Kubernetes.
 */
public final class Names {

    /** The form of a name, as a regular expression. */
    public static final String FORM = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";

    private static final int MAX_LENGTH = 253;

    private Names() {}

    /** Whether a text has the {@link #FORM}. Called several times for every key of every record. */
    public static boolean isName(String text) {
        int length = text.length();
        if (length == 0
                || length > MAX_LENGTH
                || !isLetterOrDigit(text.charAt(0))
                || !isLetterOrDigit(text.charAt(length - 1))) {
            return false;
        }
        for (int i = 1; i < length - 1; i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /**
     * Returns {@code text} if it is a name.
     *
     * @throws IllegalArgumentException naming {@code what} and the text, if it is not a name
     */
    public static String require(String what, String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException(
                    "The %s (%s) must be 1 to 253 lower-case letters, digits, '-' or '.', beginning and ending with a letter or digit."
                            .formatted(what, text));
        }
        return text;
    }
}
