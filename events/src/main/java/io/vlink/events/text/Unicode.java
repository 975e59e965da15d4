package io.vlink.events.text;

/**
 * Makes text acceptable to all readers. JSON and YAML can contain half of a surrogate pair ({@code "\ud800"}), which is
 * no character: it cannot be encoded in UTF-8, and many readers reject the whole document.
 */
public final class Unicode {

    /** Replaces what is not a character. */
    private static final char REPLACEMENT = '\ufffd';

    private Unicode() {}

    /** Returns the index of the first half of a surrogate pair that lacks its other half, or -1. */
    public static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** Returns the text with U+FFFD in place of each lone half of a surrogate pair. */
    public static String wellFormed(String text) {
        int lone = loneSurrogate(text);
        if (lone < 0) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text);
        for (int i = lone; i >= 0; i = loneSurrogate(whole.toString())) {
            whole.setCharAt(i, REPLACEMENT);
        }
        return whole.toString();
    }

    /**
     * Returns the text as {@link #wellFormed}, with U+FFFD in place of each control character: names from devices are
     * shown on terminals.
     */
    public static String printable(String text) {
        String whole = wellFormed(text);
        if (whole.chars().noneMatch(Character::isISOControl)) {
            return whole;
        }
        StringBuilder shown = new StringBuilder(whole.length());
        whole.chars().forEach(c -> shown.append(Character.isISOControl(c) ? REPLACEMENT : (char) c));
        return shown.toString();
    }

    /** Returns the beginning of a text, at most {@code most} {@code char}s. Never splits a pair. */
    public static String beginning(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
