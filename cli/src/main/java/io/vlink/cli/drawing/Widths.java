package io.vlink.cli.drawing;

import java.util.Arrays;

/** The widths of a table's columns. */
final class Widths {

    /** The most characters of a word: those of a label in DNS, which is also the limit of most names in Kubernetes. */
    static final int LONGEST = 63;

    /** The fewest characters that a cut cell keeps; columns without so much room are left out. */
    static final int SHORTEST = 5;

    private Widths() {}

    /**
     * Returns the widths of the columns that fit into a terminal. The widest columns are cut first, all to the same
     * width. If that is not enough, the last columns are left out.
     *
     * @param wanted the widths that the cells have
     * @param gap the space between two columns
     * @param terminal the width of the terminal; 0 if there is none
     */
    static int[] fitted(int[] wanted, int gap, int terminal) {
        if (terminal == 0) {
            return wanted;
        }
        int[] widths = wanted;
        while (widths.length > 1 && total(widths, SHORTEST, gap) > terminal) {
            widths = Arrays.copyOf(widths, widths.length - 1);
        }
        int limit = Arrays.stream(widths).max().orElse(1);
        while (limit > 1 && total(widths, limit, gap) > terminal) {
            limit--;
        }
        int[] fitted = new int[widths.length];
        int left = terminal - total(widths, limit, gap);
        for (int i = 0; i < widths.length; i++) {
            boolean wider = widths[i] > limit && left > 0; // what is left goes to the first columns that are cut
            left -= wider ? 1 : 0;
            fitted[i] = Math.min(widths[i], limit + (wider ? 1 : 0));
        }
        return fitted;
    }

    private static int total(int[] widths, int limit, int gap) {
        return Arrays.stream(widths).map(width -> Math.min(width, limit)).sum() + gap * (widths.length - 1);
    }
}
