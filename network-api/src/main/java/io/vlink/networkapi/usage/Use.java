package io.vlink.networkapi.usage;

/**
 * The number of networks that use something. A network that counts as both is counted as current only.
 *
 * @param current networks with a current circuit that crosses it
 * @param leaving networks that cross it only with circuits that are being removed, or with a removal that is not yet
 *     confirmed
 */
public record Use(int current, int leaving) {

    public static final Use NONE = new Use(0, 0);

    /** Returns whether nothing uses it. */
    public boolean unused() {
        return current <= 0 && leaving <= 0;
    }

    Use plus(int moreCurrent, int moreRemoving) {
        return new Use(current + moreCurrent, leaving + moreRemoving);
    }

    /** Returns the counts in words, such as {@code 3 networks cross it, 1 is leaving it}. */
    public String words() {
        String crossing = current == 1 ? "1 network crosses it" : "%d networks cross it".formatted(current);
        return leaving == 0
                ? crossing
                : "%s, %s leaving it".formatted(crossing, leaving == 1 ? "1 is" : "%d are".formatted(leaving));
    }
}
