package io.vlink.events;

/**
 * Text as all readers can take it. JSON and YAML can write half of a surrogate pair ({@code "\ud800"}), which is no character:
 * it cannot be encoded in UTF-8, and many readers refuse a whole document for it.
 */
public final class Unicode {

    /** Stands for what was no character. */
    private static final char REPLACEMENT = '\ufffd';

    private Unicode() {}

    /** Where the first half of a surrogate pair stands that lacks the other half; -1: nowhere. */
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

    /** The text with U+FFFD for each half of a surrogate pair that stands alone. */
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

    /** The same, and with U+FFFD for each control character: what a device says of itself is shown on terminals. */
    public static String printable(String text) {
        String whole = wellFormed(text);
        if (whole.chars().noneMatch(Character::isISOControl)) {
            return whole;
        }
        StringBuilder shown = new StringBuilder(whole.length());
        whole.chars().forEach(c -> shown.append(Character.isISOControl(c) ? REPLACEMENT : (char) c));
        return shown.toString();
    }

    /** The beginning of a text, at most so many {@code char}s; no pair is cut in two. */
    public static String beginning(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
