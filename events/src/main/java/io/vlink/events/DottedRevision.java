package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A {@link Revision} as one text, {@code generation.step.stage}. Used in records that are numerous. */
public record DottedRevision(Revision revision) {

    private static final Recent<String, DottedRevision> READ = new Recent<>(4096, DottedRevision::parse);

    /**
     * Reads {@code generation.step.stage}.
     *
     * @throws IllegalArgumentException naming the text, if it has another form
     */
    @JsonCreator
    public static DottedRevision of(String text) {
        return READ.of(text);
    }

    private static DottedRevision parse(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            throw wrong(text);
        }
        long stage = number(text, second + 1, text.length());
        if (stage > Integer.MAX_VALUE) {
            throw wrong(text);
        }
        return new DottedRevision(new Revision(number(text, 0, first), number(text, first + 1, second), (int) stage));
    }

    private static long number(String text, int from, int to) {
        boolean plain = to > from && (text.charAt(from) != '0' || to == from + 1);
        for (int i = from; i < to; i++) {
            plain &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!plain) {
            throw wrong(text);
        }
        try {
            return Long.parseLong(text, from, to, 10);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrong(text).getMessage(), e);
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "The revision (%s) must be generation.step.stage, such as 4.1.2.".formatted(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return revision.generation() + "." + revision.step() + "." + revision.stage();
    }
}
