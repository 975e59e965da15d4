package io.vlink.events;

import java.util.regex.Pattern;

/** What may name an overlay, node, link, namespace, network or attachment: an RFC 1123 subdomain, as in Kubernetes. */
public final class Names {

    /** The form of a name, as a regular expression. */
    public static final String FORM = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";

    private static final Pattern NAME = Pattern.compile(FORM);

    private Names() {}

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Returns {@code text} if it is a name.
     *
     * @throws IllegalArgumentException naming {@code what} and the text, if it is no name
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
