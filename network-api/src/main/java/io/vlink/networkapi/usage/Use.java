package io.vlink.networkapi.usage;

/**
 * How many networks use something, by what they do. A network that does both is counted as current.
 *
 * @param current whose present circuit crosses it
 * @param leaving of which only circuits that are being removed, or whose removal nobody could confirm yet, cross it
 */
public record Use(int current, int leaving) {

    public static final Use NONE = new Use(0, 0);

    /** Whether nothing uses it. */
    public boolean unused() {
        return current <= 0 && leaving <= 0;
    }

    Use plus(int moreCurrent, int moreLeaving) {
        return new Use(current + moreCurrent, leaving + moreLeaving);
    }

    /** In words, such as {@code 3 networks cross it, 1 is leaving it}. */
    public String words() {
        String crossing = current == 1 ? "1 network crosses it" : "%d networks cross it".formatted(current);
        return leaving == 0
                ? crossing
                : "%s, %s leaving it".formatted(crossing, leaving == 1 ? "1 is" : "%d are".formatted(leaving));
    }
}
