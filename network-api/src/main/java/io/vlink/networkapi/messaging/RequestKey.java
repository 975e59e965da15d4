package io.vlink.networkapi.messaging;

import io.vlink.events.Unicode;
import io.vlink.events.Violation;
import io.vlink.events.requests.RequestReason;
import org.jspecify.annotations.Nullable;

/**
 * The key of a record of {@code vlink.requests}. It is the producer's own affair, what counts is the body; but a key that
 * names another subject than the body does is a contradiction, of which nobody knows the right half.
 */
final class RequestKey {

    private static final int MAX_KEY = 1_024;

    private RequestKey() {}

    /** What is wrong with a key that names another subject of the same kind; absent: nothing. */
    static @Nullable Violation mismatch(@Nullable String key, @Nullable String subject) {
        if (key == null || subject == null || key.equals(subject) || parts(key) != parts(subject)) {
            return null;
        }
        return new Violation(
                "$",
                RequestReason.KeyMismatch,
                "The record's key (%s) names another than the request does (%s). Give it that key, or none."
                        .formatted(shortened(key), subject));
    }

    static String shortened(@Nullable String key) {
        if (key == null) {
            return "";
        }
        return Unicode.beginning(key, MAX_KEY);
    }

    private static long parts(String key) {
        return key.chars().filter(c -> c == '/').count();
    }
}
