package io.vlink.events.text;

import java.util.Locale;

/**
 * A constant that stands for one word of the contract, such as {@code LinkDown}. Words are written in CamelCase. Logs and
 * messages show the word, too: {@code toString} returns it.
 */
public interface Word {

    /** The word in records, in CamelCase. */
    String word();

    /** Returns the word for the name of a constant: {@code LinkDown} for {@code LINK_DOWN}. */
    static String of(String constant) {
        StringBuilder word = new StringBuilder(constant.length());
        for (String part : constant.split("_", -1)) {
            word.append(part, 0, 1).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }
}
