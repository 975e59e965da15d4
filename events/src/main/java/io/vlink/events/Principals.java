package io.vlink.events;

import java.util.regex.Pattern;

/**
 * How those are called who ask for something: people, accounts, programs. It is text for people and logs, and nothing is ever
 * granted upon it; so it is short, and shows on a terminal as what it is: nothing in it is a control character, or unseen, or
 * turns the direction of writing.
 */
public final class Principals {

    /** How many characters there may be at most. */
    public static final int MAX_LENGTH = 253;

    /** What the form demands, in words. */
    public static final String WORDS = "1 to 253 printable characters, neither beginning nor ending with a space";

    private static final String UNSEEN =
            "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f"
                    + "\\ufeff\\ufff9-\\ufffb";

    private static final String EDGE = "[^ " + UNSEEN + "]";

    /** The form, as a regular expression. */
    public static final String FORM = EDGE + "([^" + UNSEEN + "]{0,251}" + EDGE + ")?";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private Principals() {}

    /** Whether a text has the {@link #FORM}, and is text at all. */
    public static boolean isPrincipal(String text) {
        return Unicode.loneSurrogate(text) < 0 && PATTERN.matcher(text).matches();
    }
}
