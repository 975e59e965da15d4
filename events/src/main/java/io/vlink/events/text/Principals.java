package io.vlink.events.text;

import java.util.regex.Pattern;

/**
 * The form of requesters' names: people, accounts, programs. The names are for people and logs only and grant no
 * rights. They are short and safe to print on a terminal: no control characters, no invisible ones, and none that
 * change the direction of writing.
 */
public final class Principals {

    /** The largest number of characters. */
    public static final int MAX_LENGTH = 253;

    /** The form in words. */
    public static final String WORDS = "1 to 253 printable characters, neither beginning nor ending with a space";

    private static final String UNSEEN =
            "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
                    + "\\ufeff\\ufff9-\\ufffb";

    private static final String EDGE = "[^ " + UNSEEN + "]";

    /** The form, as a regular expression. */
    public static final String FORM = EDGE + "([^" + UNSEEN + "]{0,251}" + EDGE + ")?";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private Principals() {}

    /** Whether a text has the {@link #FORM} and is well-formed Unicode. */
    public static boolean isPrincipal(String text) {
        return Unicode.loneSurrogate(text) < 0 && PATTERN.matcher(text).matches();
    }
}
