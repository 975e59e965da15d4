package io.vlink.networkapi.reading;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Suggests the word that a user probably meant. */
final class Spelling {

    private Spelling() {}

    /** Returns the closest known word; null if none is close (at most one edit for every three letters). */
    static @Nullable String closest(String written, Collection<String> known) {
        String best = null;
        int bestDistance = Math.max(1, Math.min(written.length(), 40) / 3) + 1;
        for (String word : known) {
            int distance = written.length() > 40 ? bestDistance : distance(lower(written), lower(word));
            if (distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** Returns the Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
